"""`ninelives dice`: anybody can roll a campaign's dice again, without the server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from ninelives.cli.unusable import UNUSABLE, unusable
from ninelives.terminal import escape

if TYPE_CHECKING:
    from contracts.playerapi import Dice

VERIFIED, MISMATCH = 0, 1
CAMPAIGN = re.compile(r"c_[a-z2-7]{26}")
AsPlayer = Annotated[str, typer.Option("--player", help="The local player whose campaign it is.")]

dice_app = typer.Typer(help="The proof that the dice are fair.", no_args_is_help=True)


@dice_app.command()
def verify(
    source: Annotated[
        str, typer.Argument(metavar="FILE|CAMPAIGN", help="JSON as GET …/dice answers it, or an id on the local cloud.")
    ],
    player: AsPlayer = "player",
) -> None:
    """Roll every die of a campaign again from its seed, offline, and check what was made of it.

    Exit status 0: verified; 1: something differs, one line each (where: what); 2: unusable, or the seed is not public
    before the story ends (everything that needs no seed has been checked then).
    """
    from rich.console import Console

    from ninelives.ops.proof import summary, verification

    verdict = verification.verify(_pages(source, player))
    for mismatch in verdict.mismatches:
        typer.echo(escape(f"{mismatch.where}: {mismatch.what}"))
    if verdict.faces:
        Console(highlight=False).print(summary.by_size(verdict))
    typer.echo(summary.in_one_line(verdict))
    if verdict.mismatches:
        raise typer.Exit(MISMATCH)
    if not verdict.seed_is_public:
        raise typer.Exit(UNUSABLE)


@dice_app.command()
def export(
    campaign: Annotated[str, typer.Argument(help="The id of a campaign on the local cloud.")],
    out: Annotated[Path, typer.Option(help="Where to write the dice.")],
    player: AsPlayer = "player",
) -> None:
    """Write all dice of a campaign to a file that `verify` takes, today or in ten years."""
    from ninelives.ops.proof.pages import merge_pages

    dice = merge_pages(_pages(campaign, player))
    try:
        out.write_text(dice.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise unusable(f"Cannot write {out}: {error.strerror or error}") from error
    typer.echo(f"{out}: {sum(len(turn.rolls) for turn in dice.turns)} rolls{'' if dice.seed else ', no seed yet'}")


def _pages(source: str, player: str) -> tuple[Dice, ...]:
    from ninelives.ops.proof import local
    from ninelives.ops.proof.pages import read

    try:
        if Path(source).exists():
            return read(Path(source))
        if not CAMPAIGN.fullmatch(source):
            raise UserError(f"{source} is neither a file nor the id of a campaign.")
        return local.dice_of(source, player)
    except (UserError, OSError) as error:
        raise unusable(escape(str(error))) from error
