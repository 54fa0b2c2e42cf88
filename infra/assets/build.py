"""Build the packages of all services, each only when something that goes into it has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from infra.assets import archive
from infra.assets.bytecode import compile_with
from infra.assets.contents import REPOSITORY, api_ships, aws_apis, code_of
from infra.assets.dependencies import install_once, pins
from infra.assets.descriptions import cut_descriptions, is_cut
from infra.assets.target import Target, target

PARALLEL = 4
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Package:
    """A built package: the zip, and the hash of what is in it."""

    path: Path
    digest: str


def asset_cache(environment: Mapping[str, str] = os.environ) -> Path:
    """Returns the folder of built packages: below NINELIVES_HOME, `.local` of the repository by default."""
    return Path(environment.get("NINELIVES_HOME") or REPOSITORY / ".local").expanduser().absolute() / "assets"


def build(services: Iterable[str], target_name: str, cache: Path | None = None) -> dict[str, Package]:
    """The package of every service. Raises UserError naming what is missing."""
    where, destination = target(target_name), cache or asset_cache()
    wanted = tuple(services)
    with ThreadPoolExecutor(PARALLEL) as pool:
        locks = {pins(lock): lock for lock in map(_lock, wanted) if lock.is_file()}
        for _ in pool.map(lambda lock: install_once(lock, where, destination, builder()), locks.values()):
            pass
        built = pool.map(lambda service: build_one(service, where, destination), wanted)
        return dict(zip(wanted, built, strict=True))


def build_one(service: str, where: Target, cache: Path) -> Package:
    """The package of one service, from the cache when its inputs are the same."""
    dependencies = install_once(_lock(service), where, cache, builder())
    code = dict(code_of(service))
    path = cache / f"{service}-{where}-{_key(service, dependencies, code)}.zip"
    digest_file = path.with_suffix(".sha256")
    if not digest_file.exists():
        _note(_write(service, where, dependencies, code, path), digest_file)
        _forget_old(path.parent, f"{service}-{where}-")
    return Package(path, digest_file.read_text())


@cache
def builder() -> str:
    """Hash of the code that builds: a change here rebuilds everything."""
    total = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        total.update(module.read_bytes())
    return total.hexdigest()


def _lock(service: str) -> Path:
    return REPOSITORY / "services" / service / "requirements.txt"


def _key(service: str, dependencies: Path, code: Mapping[str, Path]) -> str:
    total = hashlib.sha256(f"{builder()} {dependencies.name} {sorted(aws_apis(service))}".encode())
    for name, path in sorted(code.items()):
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def _write(service: str, where: Target, dependencies: Path, code: Mapping[str, Path], path: Path) -> str:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".building-") as scratch:
        tree = Path(scratch)
        for name, source in code.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, tree / name)
        if where.python:
            compile_with(where.python, tree, alone=not where.keeps_sources)
        apis = aws_apis(service)
        for name, text in cut_descriptions(dependencies, apis):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text, encoding="utf-8")
        files = {name: file for name, file in _files(dependencies).items() if _ships(PurePosixPath(name), apis)}
        return archive.write({**files, **_files(tree)}, path, where.compression)


def _ships(name: PurePosixPath, apis: Collection[str]) -> bool:
    return api_ships(name, frozenset(apis)) and not is_cut(name)


def _files(root: Path) -> dict[str, Path]:
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}


def _note(digest: str, file: Path) -> None:
    """Written last and at once: a digest that can be read says that its package is whole."""
    partial = file.with_suffix(f".{os.getpid()}.digest")
    partial.write_text(digest)
    partial.replace(file)


def _forget_old(cache: Path, prefix: str) -> None:
    """Drop packages of earlier days; a younger one may be in use by another synthesis."""
    for other in cache.glob(f"{prefix}*"):
        if other.stat().st_mtime < time.time() - KEPT_SECONDS:
            other.unlink(missing_ok=True)
