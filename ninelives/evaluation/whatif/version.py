"""One version of a turn: as it was committed, or as another game master would have told it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.campaign import PersistCampaign, Settled, Telling, TurnCommitted, TurnResolvedV1
from contracts.state import CampaignState
from contracts.steps import is_world_step
from contracts.tools import Outcome, Roll, ToolCall
from infra.workflows.interpreter import Pause
from ninelives.evaluation.local_turn import Master, TurnStart, play_rounds, play_turn
from services.campaign.domain.record import turn_events
from services.campaign.domain.turn import play_out


@dataclass(frozen=True)
class Version:
    """A turn, how it was told, and the event that tells of it. `failures`: errors of a model that was stood in for."""

    telling: Telling
    settled: tuple[Settled, ...]
    state: CampaignState
    event: TurnResolvedV1
    failures: tuple[str, ...] = ()

    @property
    def intents(self) -> tuple[Outcome, ...]:
        """The intents that the game master asked the rules for, without the world's answers."""
        return tuple(one.outcome for one in self.settled if not is_world_step(one.outcome.key))

    @property
    def rolls(self) -> tuple[Roll, ...]:
        return tuple(roll for one in self.settled for roll in one.outcome.rolls)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Codes of what the rules or the campaign would not have."""
        return self.event.data.refusals


def version_of(event: TurnResolvedV1, record: TurnCommitted) -> Version:
    """The turn as it was."""
    return Version(telling=record.telling, settled=record.settled, state=record.sheet.state, event=event)


def tell(master: Master, start: TurnStart, action: str, actual: TurnResolvedV1, pause: Pause) -> Version:
    """The turn as this game master tells it. Raises UnderstudyUnclean and TurnFailed."""
    played = play_turn(start, action, master, pause)
    return replace(_version(start, played.request, actual), failures=played.failures)


def repeat(start: TurnStart, action: str, record: TurnCommitted, actual: TurnResolvedV1) -> Version:
    """The turn with the calls that were made, in the rounds they were made in: today's rules decide again."""
    played = play_rounds(start, rounds_of(record), action)
    return _version(start, played.request.model_copy(update={"telling": record.telling}), actual)


def rounds_of(record: TurnCommitted) -> tuple[tuple[ToolCall, ...], ...]:
    """The calls of each round. A round without any let the world act: its answers have the keys to tell."""
    rounds: dict[int, list[ToolCall]] = {}
    for one in record.settled:
        world, _, position = one.outcome.key.partition("/")[2].rpartition("/")[0].rpartition("/")
        calls = rounds.setdefault(int(position), [])
        if not world:
            calls.append(one.outcome.call)
    return tuple(tuple(rounds[number]) for number in sorted(rounds))


def _version(start: TurnStart, request: PersistCampaign, actual: TurnResolvedV1) -> Version:
    """The commit of a turn and its event, made as campaign makes them, and written nowhere."""
    played, told = play_out(start.state, request.outcomes), actual.metadata
    event, *_ = turn_events(
        request, played, owner=actual.data.owner, seed=start.seed, sequence=told.sequence or 1, now=told.occurred_at
    )
    assert isinstance(event, TurnResolvedV1)
    return Version(telling=request.telling, settled=played.settled, state=played.state, event=event)
