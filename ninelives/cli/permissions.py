"""`ninelives permissions`: what roles allow beside what is done in their names."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from infra.errors import UserError
from infra.local.home import REPOSITORY
from ninelives.cli.progress import console, step
from ninelives.cli.quality import BIN, TESTS


def permissions(
    record: Annotated[
        bool, typer.Option("--record", help="First play the tests on the local cloud; write docs/iam.json anew.")
    ] = False,
) -> None:
    """Compare the roles in the templates for AWS with the calls on record, and write docs/iam.md. Ends with status 1
    when a call would be denied, or a grant is neither used nor explained."""
    from infra.permissions import page
    from infra.permissions.comparing import compare
    from infra.permissions.explained import explain_grants, find_outdated
    from infra.permissions.needs import needs
    from infra.permissions.record import load
    from infra.permissions.roles import roles
    from ninelives.analytics.cost.assembly import synthesise

    if record:
        with step("Playing the tests on the local cloud"):
            _play_and_record()
    with step("Synthesising the stacks"), tempfile.TemporaryDirectory() as directory:
        templates = synthesise(Path(directory)).templates
    compared = compare(roles(templates), load(), needs(templates))
    page.write(compared)
    said = [f"denied: {each}" for each in compared.denied]
    said += [f"neither used nor explained: {each}" for each in compared.unused if each not in explain_grants()]
    said += [f"explained, and used or gone: {each}" for each in find_outdated(compared)]
    for line in said:
        console.print(line, markup=False, soft_wrap=True)
    if said:
        raise typer.Exit(1)
    console.print(f"{len(compared.used)} grants, all used or explained: docs/iam.md")


def _play_and_record() -> None:
    """Raises UserError when a test fails: what was played is not all then."""
    from infra.permissions.record import FILE, FOLDER_VARIABLE, render, together

    command, *arguments = TESTS["Tests on the local cloud"]
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NINELIVES_")}
        done = subprocess.run([BIN / command, *arguments], cwd=REPOSITORY, env={**kept, FOLDER_VARIABLE: folder})
        if done.returncode:
            raise UserError("The record stays as it is: tests failed.")
        FILE.write_text(render(together(Path(folder))), encoding="utf-8")
