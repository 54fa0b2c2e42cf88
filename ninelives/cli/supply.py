"""`ninelives advisories`, `licences` and `secrets`: what the sources rest on, and what must not be in them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from infra.local.home import REPOSITORY

FINE, WRONG, NOT_KNOWN = 0, 1, 3
BIN = Path(sys.executable).parent
NPM_LOCKS = (REPOSITORY / "package-lock.json", REPOSITORY / "infra" / "delivery" / "cdk" / "package-lock.json")


def advisories() -> None:
    """Ask sources of advisories about every locked package, of Python and of npm.

    Exit status 0: none is known to be bad; 1: some are; 3: not audited, or not all, and why.
    """
    from ninelives.deployment.advisories import ask_pip_audit, audit
    from ninelives.deployment.npm_advisories import ask_npm, audit_npm

    python = audit(_locks(), ask_pip_audit(BIN / "pip-audit"))
    of_npm = [audit_npm(lock, ask_npm(BIN / "npm")) for lock in NPM_LOCKS]
    for line in (*python.found, *(line for npm in of_npm for line in npm.found)):
        typer.echo(line)
    for of_what, missed in (("Python", python.missed), *(("npm", npm.missed) for npm in of_npm)):
        if missed:
            typer.echo(f"Not audited ({of_what}): {missed}")
    found = python.found or any(npm.found for npm in of_npm)
    missed = python.missed or next((npm.missed for npm in of_npm if npm.missed), "")
    raise typer.Exit(WRONG if found else NOT_KNOWN if missed else FINE)


def licences() -> None:
    """List every locked package by its licence, and what npm has installed for checks and documents. Exit status 1: one
    of them may not be used here."""
    from ninelives.deployment.licences import find_refused, list_licences

    installed = sorted(REPOSITORY.glob(".local/node/*/node_modules/.package-lock.json"))
    listed = list_licences(_locks(), [*NPM_LOCKS, *installed])
    for licence, packages in listed.items():
        typer.echo(f"{licence} ({len(packages)}): {', '.join(packages)}")
    wrong = find_refused(listed)
    for line in wrong:
        typer.echo(f"Not allowed: {line}")
    raise typer.Exit(WRONG if wrong else FINE)


def secrets(
    everything: Annotated[
        bool, typer.Option("--all", help="Every file that was not read before, not only what was added.")
    ] = False,
) -> None:
    """Look for secrets in what the last commits or the working tree added. Exit status 1: there are some.

    What is none: put `pragma: allowlist secret` into its line, or its hash into .secrets.baseline.
    """
    from ninelives.deployment.secret_scan import all_files, find_added, find_secrets

    read_before = REPOSITORY / ".local" / "read-for-secrets.json"
    if everything:
        found = find_secrets(REPOSITORY, all_files(REPOSITORY), read_before)
    else:
        found = find_added(REPOSITORY, read_before)
    for line in found:
        typer.echo(line)
    raise typer.Exit(WRONG if found else FINE)


def _locks() -> list[Path]:
    return [REPOSITORY / "requirements.txt", *sorted(REPOSITORY.glob("services/*/requirements.txt"))]
