"""`ninelives advisories`, `licences` and `secrets`: what the sources rest on, and what must not be in them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from infra.local.home import REPOSITORY

FINE, WRONG, NOT_KNOWN = 0, 1, 3
BIN = Path(sys.executable).parent


def advisories() -> None:
    """Ask a source of advisories about every locked package.

    Exit status 0: none is known to be bad; 1: some are; 3: not audited, or not all, and why.
    """
    from ninelives.deployment.advisories import ask_pip_audit, audit

    told = audit(_locks(), ask_pip_audit(BIN / "pip-audit"))
    for line in told.found:
        typer.echo(line)
    if told.missed:
        typer.echo(f"Not audited: {told.missed}")
    raise typer.Exit(WRONG if told.found else NOT_KNOWN if told.missed else FINE)


def licences() -> None:
    """List every locked package by its licence. Exit status 1: one of them may not be used here."""
    from ninelives.deployment.licences import list_licences, refused

    listed = list_licences(_locks())
    for licence, packages in listed.items():
        typer.echo(f"{licence} ({len(packages)}): {', '.join(packages)}")
    wrong = refused(listed)
    for line in wrong:
        typer.echo(f"Not allowed: {line}")
    raise typer.Exit(WRONG if wrong else FINE)


def secrets(
    everything: Annotated[
        bool, typer.Option("--all", help="Every file, not only what changed: takes a minute.")
    ] = False,
) -> None:
    """Look for secrets in what the last commit or the working tree changed. Exit status 1: there are some.

    What is none: put `pragma: allowlist secret` into its line, or its hash into .secrets.baseline.
    """
    from ninelives.deployment.secret_scan import all_files, changed_files, find_secrets

    found = find_secrets(REPOSITORY, all_files(REPOSITORY) if everything else changed_files(REPOSITORY))
    for line in found:
        typer.echo(line)
    raise typer.Exit(WRONG if found else FINE)


def _locks() -> list[Path]:
    return [REPOSITORY / "requirements.txt", *sorted(REPOSITORY.glob("services/*/requirements.txt"))]
