"""What keeps a command from its work: one line on stderr, and a status of its own."""

from __future__ import annotations

import typer

from ninelives.cli.progress import console

UNUSABLE = 2
"""The exit status that says that nothing could be done with what was asked."""


def unusable(why: str) -> typer.Exit:
    """Say why; what is returned ends the command."""
    console.print("[red]✗[/]", end=" ")
    console.print(why, soft_wrap=True, markup=False)
    return typer.Exit(UNUSABLE)
