"""`ninelives token NAME`: who plays."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.local.players import token as token_of
from infra.local.running import running_cloud


def token(name: Annotated[str, typer.Argument(help="The player; created on first use.")]) -> None:
    """Print a JWT of a local player, and nothing else, on standard output."""
    home, stack = running_cloud()
    typer.echo(token_of(home, stack, name))
