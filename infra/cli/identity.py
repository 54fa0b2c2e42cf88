"""`ninelives token NAME`: who plays."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.local import emulator, stack_file
from infra.local.failure import LocalCloudError
from infra.local.home import home_from
from infra.local.players import token as token_of


def token(name: Annotated[str, typer.Argument(help="The player; created on first use.")]) -> None:
    """Print a JWT of a local player, and nothing else, on standard output."""
    home = home_from()
    content = stack_file.load(home)
    if emulator.running(home) is None or content is None:
        raise LocalCloudError("The local cloud is not up: run `make up` first.")
    typer.echo(token_of(home, content, name))
