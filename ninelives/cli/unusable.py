"""Errors that keep a command from its work: one line on stderr, and a status of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from infra.errors import UserError
from ninelives.cli.progress import console

UNUSABLE = 2
"""The exit status that says that nothing could be done with what was asked."""


def unusable(why: str) -> typer.Exit:
    """Say why; what is returned ends the command."""
    console.print("[red]✗[/]", end=" ")
    console.print(why, soft_wrap=True, markup=False)
    return typer.Exit(UNUSABLE)


@contextmanager
def usable() -> Iterator[None]:
    """Turn what keeps a command from its work, on this side or in AWS, into one line and status 2."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (UserError, BotoCoreError, ClientError) as error:
        raise unusable(str(error)) from error
