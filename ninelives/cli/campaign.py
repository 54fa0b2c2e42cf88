"""`ninelives campaign`: a campaign's past, retraced from its events and records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from ninelives.cli.dice import CAMPAIGN
from ninelives.cli.progress import console
from ninelives.cli.unusable import unusable
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

if TYPE_CHECKING:
    from contracts.campaign import CampaignCreated
    from ninelives.ops.history.retracing import Retraced
    from ninelives.ops.proof.archive import Archive
    from ninelives.ops.proof.retelling import Retold

SAME, DIFFERENT = 0, 1
CampaignId = Annotated[str, typer.Argument(metavar="ID", help="The id of a campaign.")]
At = Annotated[int | None, typer.Option("--at", min=0, help="After this turn; 0 is the beginning.")]

campaign_app = typer.Typer(help="A campaign as it is stored.", no_args_is_help=True)


@campaign_app.command()
def replay(campaign_id: CampaignId, environment: EnvironmentOption = "local") -> None:
    """Fold a campaign again from its first state with the outcomes of all its turns, and compare.

    One line a turn: number, version, hash of the state, and "same" when the turn's record and its event have that
    hash, too. Exit status 0: all the same, the stored state included; 1: a difference; 2: no such campaign.
    """
    from ninelives.ops.proof.retelling import retell
    from services.campaign.domain.state_hash import state_hash

    kept = archive(environment)
    first, now = read_beginning(kept, campaign_id).sheet.state, kept.store.read(campaign_id).state
    last: Retold | None = None
    differences = 0
    # None that is committed while we read. A fork's own turns begin where it left the other campaign.
    played = now.turn - first.turn
    turns = islice(kept.store.history(campaign_id), played)
    for last in retell(first, turns, kept.hashes_told(campaign_id)):
        differences += bool(last.differences)
        verdict = "; ".join(last.differences) or "same"
        typer.echo(f"{last.turn:>5}  v{last.version:<5} {last.hash}  {verdict}")
    stored = state_hash(now)
    if last is None or stored != last.hash:
        differences += 1
        typer.echo(f"The stored state, version {now.version}, has {stored}.")
    typer.echo(f"{campaign_id}: {played} turns, {differences} differences.")
    raise typer.Exit(DIFFERENT if differences else SAME)


@campaign_app.command()
def show(
    campaign_id: CampaignId,
    at: At = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the state as JSON.")] = False,
    environment: EnvironmentOption = "local",
) -> None:
    """Print a campaign's sheet, as it is or as it was: the effects its events tell of, folded over its first state.

    Exit status 1: events and records contradict the state they tell of; 2: no such campaign or turn.
    """
    from rich.console import Console

    from ninelives.game import screen
    from services.campaign.domain.sheet import sheet_of

    kept = archive(environment)
    first = read_beginning(kept, campaign_id)
    state = first.sheet.state
    for turn in past(kept, first, at):
        state = turn.after
    if as_json:
        typer.echo(json.dumps(state.model_dump(mode="json"), indent=1))
    else:
        Console(highlight=False).print(screen.sheet(sheet_of(state)))


@campaign_app.command()
def why(
    campaign_id: CampaignId,
    what: Annotated[list[str], typer.Argument(help="hp, credits, place …; the id of an item, quest, person …")],
    at: At = None,
    every: Annotated[bool, typer.Option("--all", help="Every change, not only the last.")] = False,
    with_story: Annotated[bool, typer.Option("--story", help="Print what the player wrote and was told, too.")] = False,
    environment: EnvironmentOption = "local",
) -> None:
    """Say why something in a campaign is as it is: the effect that made it so, its rule, its dice, its event and call.

    Exit status 1: events and records contradict each other; 2: no such campaign or turn, or nothing of that name.
    """
    from ninelives.ops.history import explanation
    from ninelives.ops.history.changes import follow_field
    from ninelives.ops.history.effect_steps import take_apart
    from ninelives.ops.history.fields import Unaskable, field_of, known_in

    kept = archive(environment)
    first = read_beginning(kept, campaign_id)
    taken = [(turn, step) for turn in past(kept, first, at) for step in take_apart(turn)]
    try:
        field = field_of(what, known_in((first.sheet.state, *(step.after for _, step in taken))))
    except Unaskable as error:
        raise unusable(str(error)) from error
    found = follow_field(field, first.sheet.state, taken)
    typer.echo(explanation.headline(found))
    for change in found.changes if every else found.changes[-1:]:
        number = change.turn.number
        lines = [*explanation.explain(change, kept.record)]
        lines += explanation.quote_turn(kept.words(campaign_id, number, number).get(number)) if with_story else ()
        typer.echo("\n" + "\n".join(lines))


def past(kept: Archive, first: CampaignCreated, at: int | None) -> Iterator[Retraced]:
    """The campaign's own turns up to `at`, or all of them; says on stderr where a record had to stand in."""
    from ninelives.ops.history.retracing import Contradiction, retrace, until

    state = first.sheet.state
    campaign_id, number = state.campaign_id, state.turn
    if at is not None and at < number:
        raise unusable(_elsewhere(first, at))
    turns = retrace(state, kept.turns_told(campaign_id), kept.record)
    try:
        for turn in turns if at is None else until(turns, at):
            number = turn.number
            if turn.from_record:
                _note(f"Turn {number}: its event was cut in detail at 60 KiB; the turn's record stands in for it.")
            yield turn
    except Contradiction as error:
        _note(str(error))
        raise typer.Exit(DIFFERENT) from error
    if at is not None and number < at:
        raise unusable(f"{campaign_id} has played {number} turns; there is no turn {at}.")


def _elsewhere(first: CampaignCreated, at: int) -> str:
    """The line for turns before a fork: they are told by the first of its line that goes as far."""
    state = first.sheet.state
    line = next((each for each in first.lineage if at <= each.turn), None)
    told = f": ask for {line.campaign_id}" if line else ""
    return f"{state.campaign_id} begins after turn {state.turn}; what was before is another campaign's{told}."


def archive(environment: str) -> Archive:
    """The campaigns of this deployment."""
    from ninelives.ops.proof.archive import Archive

    try:
        return Archive.of(find_environment(environment))
    except UserError as error:
        raise unusable(str(error)) from error


def read_beginning(kept: Archive, campaign_id: str) -> CampaignCreated:
    """The reply with which the campaign began."""
    found = kept.store.first(campaign_id) if CAMPAIGN.fullmatch(campaign_id) else None
    if found is None:
        raise unusable(f"There is no campaign {campaign_id}.")
    return found[0]


def _note(line: str) -> None:
    console.print(line, soft_wrap=True, markup=False)
