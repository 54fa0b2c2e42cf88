"""`ninelives check`: lint, format, types and import rules; with --tests every test, with --soak in full size."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from infra.local.bootstrap import tool_environment
from infra.local.home import REPOSITORY
from ninelives.cli.progress import console, timed

BIN = Path(sys.executable).parent
CORES = os.cpu_count() or 2
CHECKS = {
    "Lint (ruff)": ["ruff", "check", "."],
    "Format (ruff)": ["ruff", "format", "--check", "."],
    "Import rules (import-linter)": ["lint-imports"],
    "Types (mypy)": ["mypy"],
}
PYTEST = ["pytest", "-q", "--durations=25", "--dist", "loadfile"]
# Every worker of the second phase has a local cloud of its own, which is worth a core.
TESTS = {
    "Tests in process": [*PYTEST, "-n", str(max(2, CORES // 2)), "-m", "not cloud"],
    "Tests on the local cloud": [*PYTEST, "-n", str(max(1, CORES // 2)), "-m", "cloud"],
}
SOAK = {"NINELIVES_SOAK": "1", "HYPOTHESIS_PROFILE": "nightly"}


def check(
    tests: Annotated[bool, typer.Option("--tests", help="Run every test, too.")] = False,
    soak: Annotated[bool, typer.Option("--soak", help="Run every test in its full size: takes hours.")] = False,
) -> None:
    """Run all checks, show the output of those that fail, and end with status 1 if any did."""
    commands = CHECKS | (TESTS if tests or soak else {})
    # Side by side only with tests: what waits for a cloud leaves its core to the others.
    at_once = len(commands) if tests or soak else 1
    with console.status(f"{', '.join(commands)} …"), ThreadPoolExecutor(at_once) as pool:
        passed = {name: pool.submit(_run, name, command, SOAK if soak else {}) for name, command in commands.items()}
        failed = [name for name, done in passed.items() if not done.result()]
    if failed:
        console.print(f"[red]✗[/] Failed: {', '.join(failed)}.")
        raise typer.Exit(1)


def _run(name: str, command: list[str], variables: Mapping[str, str]) -> bool:
    """Run one command to its end; print what it said if it failed or is a run of tests, whole and by itself."""
    environment = {key: value for key, value in tool_environment().items() if not key.startswith("NINELIVES_")}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        with timed(name) as note:
            done = subprocess.run(
                [BIN / command[0], *command[1:]],
                cwd=REPOSITORY,
                env=environment | dict(variables),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            note.failed = done.returncode != 0
        if note.failed or name in TESTS:
            output.seek(0)
            sys.stdout.write(output.read())
            sys.stdout.flush()
    return not note.failed
