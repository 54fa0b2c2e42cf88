"""The target of a package: what its wheels are resolved for, and which interpreter compiles its bytecode."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from infra.errors import UserError

LAMBDA_PYTHON = "3.13"
LAMBDA_PLATFORM = "aarch64-manylinux2014"
FETCHED_WITHIN = 300.0  # seconds


@dataclass(frozen=True)
class Target:
    """`local` is the interpreter that runs this; `aws` is Lambda on arm64."""

    name: str
    wheels: tuple[str, ...]
    python: str | None
    tag: str
    compression: int | None = None
    """Of zlib, its own default if None. A laptop unpacks what it packs: there a smaller file gains nothing."""

    @property
    def keeps_sources(self) -> bool:
        """Whether our own modules come with their sources: where somebody debugs them."""
        return self.name == "local"

    def __str__(self) -> str:
        return f"{self.name}-{self.tag}"


@cache
def target(name: str) -> Target:
    """The target called `local` or `aws`. Raises UserError for another name."""
    if name == "local":
        tag = sys.implementation.cache_tag or "source"
        return Target(name, ("--python", sys.executable), sys.executable, tag, compression=1)
    if name == "aws":
        wheels = ("--python-version", LAMBDA_PYTHON, "--python-platform", LAMBDA_PLATFORM)
        python = lambda_python()
        return Target(name, wheels, python, _cache_tag(python) if python else "source", compression=9)
    raise UserError(f"There is no target {name!r}: use local or aws.")


@cache
def uv() -> str:
    """Path of `uv`: the one beside this interpreter, or the one on PATH."""
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.exists() else shutil.which("uv")
    if not found:
        raise UserError("uv is not installed: run `make`, or `pip install uv`.")
    return found


def lambda_python() -> str | None:
    """An interpreter of Lambda's version, which uv fetches where there is none. Without one a package ships source
    only: correct, slower to start."""
    if found := _lambda_python():
        return found
    fetch = [uv(), "python", "install", LAMBDA_PYTHON]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(fetch, capture_output=True, timeout=FETCHED_WITHIN, check=False)
    return _lambda_python()


def _lambda_python() -> str | None:
    tag = f"cpython-{LAMBDA_PYTHON.replace('.', '')}"
    candidates = [sys.executable, shutil.which(f"python{LAMBDA_PYTHON}"), _found_by_uv()]
    return next((python for python in candidates if python and _cache_tag(python) == tag), None)


def _found_by_uv() -> str | None:
    found = subprocess.run([uv(), "python", "find", LAMBDA_PYTHON], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def _cache_tag(python: str) -> str:
    asked = [python, "-I", "-c", "import sys; print(sys.implementation.cache_tag)"]
    answered = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answered.stdout.strip() or "source"
