"""`ninelives campaign`: a campaign's past, folded again from its turns."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli.dice import CAMPAIGN
from infra.cli.progress import console
from infra.local.failure import LocalCloudError

if TYPE_CHECKING:
    from contracts.campaign import Sheet
    from infra.proof.local import Archive
    from infra.proof.retelling import Retold

SAME, DIFFERENT, UNUSABLE = 0, 1, 2
CampaignId = Annotated[str, typer.Argument(metavar="ID", help="The id of a campaign on the local cloud.")]

campaign_app = typer.Typer(help="A campaign as it is stored.", no_args_is_help=True)


@campaign_app.command()
def replay(campaign_id: CampaignId) -> None:
    """Fold a campaign again from its first state with the outcomes of all its turns, and compare.

    One line a turn: number, version, hash of the state, and "same" when the turn's record and its event have that
    hash, too. Exit status 0: all the same, the stored state included; 1: a difference; 2: no such campaign.
    """
    from infra.proof.retelling import retell
    from services.campaign.domain.canonical import state_hash

    kept = _archive()
    first, now = _first(kept, campaign_id), kept.store.read(campaign_id).state
    last: Retold | None = None
    differences = 0
    turns = islice(kept.store.history(campaign_id), now.turn)  # none that is committed while we read
    for last in retell(first.state, turns, kept.hashes_told(campaign_id)):
        differences += bool(last.differences)
        verdict = "; ".join(last.differences) or "same"
        typer.echo(f"{last.turn:>5}  v{last.version:<5} {last.hash}  {verdict}")
    stored = state_hash(now)
    if last is None or stored != last.hash:
        differences += 1
        typer.echo(f"The stored state, version {now.version}, has {stored}.")
    typer.echo(f"{campaign_id}: {now.turn} turns, {differences} differences.")
    raise typer.Exit(DIFFERENT if differences else SAME)


@campaign_app.command()
def show(
    campaign_id: CampaignId,
    at: Annotated[int | None, typer.Option(min=0, help="After this turn; 0 is the beginning.")] = None,
) -> None:
    """Print a campaign's sheet, as it is or as it was. Exit status 2: no such campaign or turn."""
    from rich.console import Console

    from infra.game import screen

    kept = _archive()
    first = _first(kept, campaign_id)
    played = kept.store.read(campaign_id).state.turn
    number = played if at is None else at
    if number > played:
        raise _unusable(f"{campaign_id} has played {played} turns; there is no turn {number}.")
    Console(highlight=False).print(screen.sheet(first if number == 0 else _after(kept, campaign_id, number)))


def _after(kept: Archive, campaign_id: str, number: int) -> Sheet:
    return next(kept.store.history(campaign_id, number - 1)).sheet


def _archive() -> Archive:
    from infra.proof import local

    try:
        return local.archive()
    except LocalCloudError as error:
        raise _unusable(str(error)) from error


def _first(kept: Archive, campaign_id: str) -> Sheet:
    begun = kept.store.first(campaign_id) if CAMPAIGN.fullmatch(campaign_id) else None
    if begun is None:
        raise _unusable(f"There is no campaign {campaign_id}.")
    return begun[0].sheet


def _unusable(why: str) -> typer.Exit:
    console.print("[red]✗[/]", end=" ")
    console.print(why, soft_wrap=True, markup=False)
    return typer.Exit(UNUSABLE)
