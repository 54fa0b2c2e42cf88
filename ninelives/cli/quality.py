"""`ninelives check`: lint, format, types and import rules, and with --tests every test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from infra.local.bootstrap import tool_environment
from infra.local.home import REPOSITORY
from ninelives.cli.progress import console, step

BIN = Path(sys.executable).parent
CHECKS = {
    "Lint (ruff)": ["ruff", "check", "."],
    "Format (ruff)": ["ruff", "format", "--check", "."],
    "Types (mypy)": ["mypy"],
    "Import rules (import-linter)": ["lint-imports"],
}
# Tests that share one deployment run one after another; all others side by side.
TESTS = {
    "Tests": ["pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", "not cloud"],
    "Tests on the local cloud": ["pytest", "-q", "-m", "cloud"],
}


def check(tests: Annotated[bool, typer.Option("--tests", help="Run every test, too.")] = False) -> None:
    """Run all checks, show the output of those that fail, and end with status 1 if any did."""
    failed = [name for name, command in CHECKS.items() if not _quiet(name, command)]
    if tests:
        failed += [name for name, command in TESTS.items() if not _shown(name, command)]
    if failed:
        console.print(f"[red]✗[/] Failed: {', '.join(failed)}.")
        raise typer.Exit(1)


def _quiet(name: str, command: list[str]) -> bool:
    with step(name) as note:
        done = subprocess.run([BIN / command[0], *command[1:]], cwd=REPOSITORY, capture_output=True, text=True)
        note.failed = done.returncode != 0
    if note.failed:
        sys.stdout.write(done.stdout + done.stderr)
    return not note.failed


def _shown(name: str, command: list[str]) -> bool:
    console.print(f"· {name} …")
    with step(name) as note:
        environment = {key: value for key, value in tool_environment().items() if not key.startswith("NINELIVES_")}
        note.failed = subprocess.run([BIN / command[0], *command[1:]], cwd=REPOSITORY, env=environment).returncode != 0
    return not note.failed
