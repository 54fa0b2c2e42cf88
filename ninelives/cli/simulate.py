"""`ninelives simulate`: the whole system in one process, under the faults and in the order that a seed decides."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from infra.errors import UserError
from infra.local.home import REPOSITORY


def simulate(
    seed: Annotated[int, typer.Option(help="The first seed: the same seed replays the same history.")] = 0,
    turns: Annotated[int, typer.Option(min=1, help="Turns that players ask for under each seed.")] = 20,
    seeds: Annotated[int | None, typer.Option(min=1, help="How many seeds to play, one after the other: one.")] = None,
    bugs: Annotated[str, typer.Option(help="Hunt the planted bugs instead, and write to this file how soon.")] = "",
    matrix: Annotated[str, typer.Option(help="Fill the crash matrix, write it to this file; fail for a gap.")] = "",
    resume: Annotated[bool, typer.Option(help="Go on with the crash matrix that the file has.")] = False,
    aim: Annotated[str, typer.Option(help="What the crash matrix lacked before this seed, as it was printed.")] = "",
    soak: Annotated[str, typer.Option(help="Go on with the soak that is kept in this file.")] = "",
    minutes: Annotated[float, typer.Option(min=0, help="How long to soak.")] = 60,
) -> None:
    """Play evenings under simulated faults and check what is true afterwards. A seed that goes wrong is shrunk."""
    if not (REPOSITORY / "tests" / "simulation").is_dir():
        raise UserError("The simulation is a part of the tests: run it in a checkout of the repository.")
    numbers = {"seed": seed, "turns": turns, "seeds": seeds, "minutes": minutes}
    files = {"bugs": bugs, "matrix": matrix, "aim": aim, "soak": soak}
    asked = {**{name: str(value) for name, value in numbers.items() if value is not None}, **files}
    arguments = [f"--{name}={value}" for name, value in asked.items() if value] + ["--resume"] * resume
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(REPOSITORY)}
    ran = subprocess.run([sys.executable, "-m", "tests.simulation", *arguments], cwd=REPOSITORY, env=environment)
    raise typer.Exit(ran.returncode)
