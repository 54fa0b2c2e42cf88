"""A service's locked dependencies, installed and compiled once per lock and target."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from infra.assets.binaries import without_debug_information
from infra.assets.bytecode import compile_with
from infra.assets.contents import dependency_ships
from infra.assets.stand_ins import put_stand_ins, write_anew
from infra.assets.target import Target, uv
from infra.errors import UserError


def install_once(lock: Path, target: Target, cache: Path, builder: str) -> Path:
    """Directory with the dependencies of `lock` for `target`. Raises UserError when they cannot be installed."""
    if not lock.is_file():
        raise UserError(f"{lock.parent.name} has no {lock.name}: run `make lock`.")
    key = hashlib.sha256("\0".join([pins(lock), str(target), builder]).encode()).hexdigest()
    directory = cache / f"dependencies-{target}-{key[:16]}"
    if not directory.exists():
        _install(lock, target, directory)
    return directory


def pins(lock: Path) -> str:
    """Returns the lock's pins, without its comments: services that depend on the same share one installation."""
    return "\n".join(line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#"))


def _install(lock: Path, target: Target, directory: Path) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".installing-") as scratch:
        tree = Path(scratch) / "tree"
        _uv_install(lock, target, tree)
        _strip(tree)
        if target.python:
            compile_with(target.python, tree, alone=True, undocumented=True)
        try:
            tree.rename(directory)
        except OSError:
            if not directory.exists():  # else: another build was first, and made the same
                raise


def _uv_install(lock: Path, target: Target, tree: Path) -> None:
    command = [uv(), "pip", "install", "--quiet", "--target", str(tree), "--require-hashes", "--only-binary", ":all:"]
    own = ["--link-mode", "copy"]  # what is written to below must not be uv's cache, nor another environment
    done = subprocess.run(
        [*command, *own, *target.wheels, "-r", str(lock)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "UV_NO_PROGRESS": "1"},
    )
    if done.returncode:
        raise UserError(f"Cannot install {lock}: {done.stderr.strip()}")


def _strip(tree: Path) -> None:
    for path in sorted(tree.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not dependency_ships(PurePosixPath(path.relative_to(tree).as_posix())):
            path.unlink()
    shutil.rmtree(tree / "bin", ignore_errors=True)
    put_stand_ins(tree)
    for module in tree.rglob("*.so"):
        write_anew(module, without_debug_information(module.read_bytes()))
