"""`ninelives replay what-if`: the same actions and the same dice with another game master."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ninelives.cli.campaign import DIFFERENT, CampaignId, archive, past, read_beginning
from ninelives.cli.progress import console
from ninelives.cli.unusable import unusable
from ninelives.cli.where import EnvironmentOption

if TYPE_CHECKING:
    from contracts.state import CampaignState
    from ninelives.evaluation.local_turn import Master

_RANGE = re.compile(r"(?P<first>\d{1,6})?(?P<dots>\.\.)?(?P<last>\d{1,6})?")


class GameMaster(StrEnum):
    understudy = "understudy"
    bedrock = "bedrock"
    openai = "openai"
    recorded = "recorded"


def what_if(
    campaign_id: CampaignId,
    dm: Annotated[
        GameMaster, typer.Option("--dm", help="Who tells it; recorded: the calls that were made, as a check.")
    ],
    model: Annotated[str, typer.Option(help="Model id, for bedrock and openai.")] = "",
    turns: Annotated[str, typer.Option(metavar="A..B", help="Only these turns, from the state before A.")] = "..",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    environment: EnvironmentOption = "local",
) -> None:
    """Tell a campaign's turns again with another game master: the same actions, the same dice in the same places.

    Shows turn by turn what would have been told, asked, rolled, refused and spent, and where the states differ.
    Nothing is written, and no model is called but the one asked for. Exit status 1: the calls that were made (recorded)
    do not lead to the recorded state, or the witnesses contradict each other; 2: no such campaign, turn or world.
    """
    import json
    from time import sleep

    from rich.console import Console

    from ninelives.evaluation.local_turn import TurnFailed
    from ninelives.evaluation.whatif import showing
    from ninelives.evaluation.whatif.summary import as_json as told_as_json
    from ninelives.evaluation.whatif.summary import summary_of
    from ninelives.evaluation.whatif.what_if import Retelling
    from ninelives.ops.history.retracing import Contradiction

    kept = archive(environment)
    first = read_beginning(kept, campaign_id)
    begin, last = _range(turns, first.sheet.state.turn)
    _playable(first.sheet.state)
    played = [*past(kept, first, last)]
    due = sum(turn.number >= begin for turn in played)
    if not due:
        raise unusable(f"{campaign_id} has no turn {begin}{'' if last is None else f' up to {last}'}.")
    name = " ".join(part for part in (dm.value, model) if part)
    out, compared, failed = Console(highlight=False), [], ""
    try:
        for each in Retelling(kept, first, _master(dm, model), begin, pause=sleep).retell(played):
            compared.append(each)
            if not as_json:
                out.print(showing.turn(each, name))
    except Contradiction as error:
        failed = str(error)
    except TurnFailed as error:
        failed = f"The turn cannot be told: {error}"
    summary = summary_of(compared, due) if compared else None
    if as_json:
        typer.echo(json.dumps(told_as_json(compared, summary, name), indent=1))
    elif summary:
        out.print(*showing.sum_up(summary), sep="\n")
    if failed:
        console.print(failed, soft_wrap=True, markup=False)
    if failed or (dm is GameMaster.recorded and summary and summary.state_otherwise_from is not None):
        raise typer.Exit(DIFFERENT)


def _master(dm: GameMaster, model: str) -> Master | None:
    from ninelives.evaluation.masters import Provider, master_of

    providers: dict[GameMaster, Provider] = {
        GameMaster.understudy: "understudy",
        GameMaster.bedrock: "bedrock",
        GameMaster.openai: "openai",
    }
    return master_of(providers[dm], model) if dm in providers else None


def _range(turns: str, shared: int) -> tuple[int, int | None]:
    """The first turn and the last one; None: to the end."""
    found = _RANGE.fullmatch(turns)
    if found is None or not turns:
        raise unusable(f"{turns} is no range of turns: write A..B, A.., ..B or A.")
    first = int(found["first"] or shared + 1)
    last = int(found["last"]) if found["last"] else None if found["dots"] else first
    if first <= shared or (last is not None and last < first):
        raise unusable(f"{turns} is no range of this campaign's turns, which begin with {shared + 1}.")
    return first, last


def _playable(state: CampaignState) -> None:
    """Whether its world is at hand; another version of it is said."""
    from ninelives.evaluation.campaigns import pack
    from services.lore.wiring import WORLDS

    if not (WORLDS / state.world).is_dir():
        raise unusable(f"Its world, {state.world}, is not here.")
    version = pack(state.world).manifest.version
    if version != state.world_version:
        console.print(
            f"It was begun in version {state.world_version} of {state.world}; this is version {version}.",
            soft_wrap=True,
        )
