"""`ninelives check`: lint, format, types and import rules; with --tests every test, with --soak in full size."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from infra.local.bootstrap import tool_environment
from infra.local.home import REPOSITORY
from ninelives.cli.progress import console, time_step
from ninelives.cli.supply import NOT_KNOWN
from ninelives.contracttools.npm import LockedTools, NotInstalled
from ninelives.contracttools.specification import model_check

Run = Callable[[], subprocess.CompletedProcess[str]]
BIN = Path(sys.executable).parent
CORES = os.cpu_count() or 2
AT_ONCE = 3
"""Tests on the cloud wait more than they work: tests in process and the static checks fill the time."""
CHECKS = {
    "Lint (ruff)": ["ruff", "check", "."],
    "Format (ruff)": ["ruff", "format", "--check", "."],
    "Import rules (import-linter)": ["lint-imports"],
    "Types (mypy)": ["mypy"],
}
JAVASCRIPT_CHECKS = {
    "JavaScript format and lint (biome)": ["biome", "check", "--error-on-warnings"],
    "JavaScript types (tsc)": ["tsc", "--project", "tsconfig.json"],
}
RESTS_ON = {
    "Advisories (pip-audit)": ["ninelives", "advisories"],
    "Licences": ["ninelives", "licences"],
    "Secrets in what was added (detect-secrets)": ["ninelives", "secrets"],
}
"""Checks of more than the code: the packages that it rests on, and what must never be in it."""
FIXES = {"Repair lint (ruff)": ["ruff", "check", "--fix-only", "."], "Format (ruff)": ["ruff", "format", "."]}
JAVASCRIPT_FIXES = {"Repair and format JavaScript (biome)": ["biome", "check", "--write", "--diagnostic-level=error"]}
PYTEST = [
    "pytest",
    "-q",
    "--durations=25",
    "--dist",
    "loadfile",
    "--no-loadscope-reorder",
    "-n",
    str(max(2, CORES // 2)),
]
ON_CLOUD = ("tests/e2e", "tests/web")
"""Folders of all tests that need the local cloud; each of their workers has one of its own."""
TESTS = {
    "Tests on the local cloud": [*PYTEST, "-m", "cloud", *ON_CLOUD],
    "Tests in process": [*PYTEST, "-m", "not cloud"],
}
SOAK = {"NINELIVES_SOAK": "1", "HYPOTHESIS_PROFILE": "nightly"}


def check(
    tests: Annotated[bool, typer.Option("--tests", help="Run every test, too.")] = False,
    soak: Annotated[bool, typer.Option("--soak", help="Run every test in its full size: takes hours.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="First repair what ruff and biome can repair.")] = False,
) -> None:
    """Run all checks, show the output of those that fail, and end with status 1 if any did."""
    if fix:
        _run_all(_python_runs(FIXES) | _javascript_runs(JAVASCRIPT_FIXES), at_once=1)
    runs = _python_runs(CHECKS | RESTS_ON) | _javascript_runs(JAVASCRIPT_CHECKS)
    if tests or soak:
        failed = _run_all(_python_runs(TESTS, SOAK if soak else {}) | runs, AT_ONCE)
    else:
        failed = _run_all(runs | {"Specification of the turn (Quint)": model_check}, at_once=1)
    if failed:
        console.print(f"[red]✗[/] Failed: {', '.join(failed)}.")
        raise typer.Exit(1)


def _run_all(runs: Mapping[str, Run], at_once: int) -> list[str]:
    """The names of those that failed."""
    with console.status(f"{', '.join(runs)} …"), ThreadPoolExecutor(at_once) as pool:
        passed = {name: pool.submit(_report, name, run) for name, run in runs.items()}
        return [name for name, done in passed.items() if not done.result()]


def _python_runs(commands: Mapping[str, list[str]], variables: Mapping[str, str] | None = None) -> dict[str, Run]:
    settings = {key: value for key, value in tool_environment().items() if not key.startswith("NINELIVES_")}
    return {name: partial(_python, command, settings | dict(variables or {})) for name, command in commands.items()}


def _javascript_runs(commands: Mapping[str, list[str]]) -> dict[str, Run]:
    return {name: partial(LockedTools().run, *command) for name, command in commands.items()}


def _python(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _report(name: str, run: Run) -> bool:
    """Run one of them to its end; print what it said, whole and by itself, if it failed or is a run of tests."""
    with time_step(name) as note:
        try:
            done = run()
        except (NotInstalled, subprocess.TimeoutExpired) as error:
            note.failed, output = True, f"{error}\n"
        else:
            output = done.stdout + (done.stderr or "")
            note.unknown = name in RESTS_ON and done.returncode == NOT_KNOWN
            note.failed = done.returncode != 0 and not note.unknown
    if note.failed or note.unknown or name in TESTS:
        sys.stdout.write(output)
        sys.stdout.flush()
    return not note.failed
