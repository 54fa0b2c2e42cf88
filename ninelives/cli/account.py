"""`ninelives account`: what the game knows of a local player, downloaded or erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError

if TYPE_CHECKING:
    from contracts.playerapi import Erasure

PlayerOption = Annotated[str, typer.Option(help="The local player's name.")]
WORD = "erase"

account_app = typer.Typer(help="What the game knows of a player: get it, or have it erased.", no_args_is_help=True)


@account_app.command()
def export(
    player: PlayerOption = "player",
    to: Annotated[Path, typer.Option("--to", help="The file it is saved as.")] = Path("nine-lives.zip"),
) -> None:
    """Save everything that the game can tell about a player: a zip of JSON files with a manifest."""
    from ninelives.game.account import save_export
    from ninelives.game.local import local_player

    with _usable():
        saved = save_export(local_player(player), to)
    typer.echo(f"{to}: {saved.bytes} bytes, SHA-256 {saved.sha256}")


@account_app.command()
def erase(
    player: PlayerOption = "player",
    confirm: Annotated[str, typer.Option("--confirm", help=f"The word `{WORD}`, to be asked nothing.")] = "",
) -> None:
    """Erase a player for good: the account, the cats and every story of theirs. It cannot be undone."""
    from ninelives.game.account import erase as erase_player
    from ninelives.game.local import local_player

    word = confirm or typer.prompt(f"{player}, all cats and every story are deleted for good. Type {WORD} to confirm")
    if word.strip().lower() != WORD:
        raise UserError("Nothing was erased.")
    with _usable():
        erase_player(local_player(player), _tell)
    typer.echo(f"{player} is erased. Nothing leads to them any more.")


def _tell(erasure: Erasure) -> None:
    campaigns = f"{erasure.campaigns_done} of {erasure.campaigns} cats are gone"
    typer.echo(f"{erasure.steps_done} of {erasure.steps} steps, {campaigns}")


@contextmanager
def _usable() -> Iterator[None]:
    from ninelives.game.client import RequestRefused, Unreachable

    try:
        yield
    except (RequestRefused, Unreachable) as error:
        raise UserError(str(error)) from error
