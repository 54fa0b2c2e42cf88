"""`ninelives lock`: pin every dependency, with hashes and without addresses, for every platform and Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from infra.errors import UserError
from infra.local.bootstrap import tool_environment
from infra.local.home import REPOSITORY
from ninelives.cli.progress import step

COMPILE = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--generate-hashes", "--no-emit-index-url"]
COMPILE += ["--no-emit-find-links", "--python-version", "3.11", "--custom-compile-command", "make lock", "--quiet"]


def lock() -> None:
    """Write requirements.txt of the repository and of each service; versions already locked are kept."""
    environment = tool_environment()
    _compile(environment, "pyproject.toml", "requirements.txt", "--group", "dev")
    for project in sorted(REPOSITORY.glob("services/*/pyproject.toml")):
        source = project.relative_to(REPOSITORY)
        _compile(environment, str(source), str(source.with_name("requirements.txt")))


def _compile(environment: dict[str, str], source: str, target: str, *more: str) -> None:
    with step(f"Locking {Path(target)}") as note:
        done = subprocess.run(
            [*COMPILE, source, "--output-file", target, *more],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
        )
        note.text = f"Locked {target}"
        if done.returncode:
            raise UserError(f"Cannot lock {source}: {done.stderr.strip().splitlines()[-1]}")
