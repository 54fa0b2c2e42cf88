"""`ninelives conform`: what each stage and consumer of a service survives."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from infra.errors import UserError
from infra.local.home import REPOSITORY


def conform(
    services: Annotated[list[str], typer.Argument(help="Folders of services: services/NAME.")],
    cases: Annotated[int, typer.Option(min=1, help="Requests of each stage, and places of each consumer.")] = 2,
) -> None:
    """Try each stage and consumer of a service alone: twice, in any order, under every fault, in other minors."""
    if not (REPOSITORY / "tests" / "conformance").is_dir():
        raise UserError("The conformance kit is a part of the tests: run it in a checkout of the repository.")
    for folder in services:
        name = folder.rstrip("/").rpartition("/")[2]
        if not (REPOSITORY / "services" / name / "handlers").is_dir():
            raise UserError(f"There is no service {folder}: name its folder, as in services/metrics.")
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "tests.conformance", *services, "--cases", str(cases)]
    raise typer.Exit(subprocess.run(command, cwd=REPOSITORY, env=environment).returncode)
