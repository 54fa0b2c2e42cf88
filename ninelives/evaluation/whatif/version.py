"""One version of a turn: as it was committed, or as another game master would have told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from contracts.campaign import PersistCampaign, Settled, Telling, TurnCommitted, TurnResolvedV1
from contracts.dm import Usage
from contracts.state import CampaignState
from contracts.tools import Outcome, Roll, ToolCall
from ninelives.evaluation.playing import Master, tell
from ninelives.evaluation.table import Turn
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
        """What the game master asked the rules for, without the world's answers."""
        return tuple(one.outcome for one in self.settled if "/world/" not in one.outcome.key)

    @property
    def rolls(self) -> tuple[Roll, ...]:
        return tuple(roll for one in self.settled for roll in one.outcome.rolls)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Codes of what the rules or the campaign would not have."""
        return self.event.data.refusals


def committed(event: TurnResolvedV1, record: TurnCommitted) -> Version:
    """The turn as it was."""
    return Version(telling=record.telling, settled=record.settled, state=record.sheet.state, event=event)


def told_by(master: Master, turn: Turn, action: str, actual: TurnResolvedV1) -> Version:
    """The turn as this game master tells it. Raises UnderstudyUnclean."""
    story = tell(turn, action, master)
    telling = Telling(
        narrative=story.narrative,
        suggested_actions=story.suggested,
        told_by=story.told_by,
        usage=_sum(story.usage),
        report=story.report,
    )
    return replace(_resolved(story.turn, action, telling, actual), failures=story.failures)


def repeated(turn: Turn, action: str, record: TurnCommitted, actual: TurnResolvedV1) -> Version:
    """The turn with the calls that were made, in the rounds they were made in: today's rules decide again."""
    for calls in rounds_of(record):
        turn = turn.play(calls)
    return _resolved(turn, action, record.telling, actual)


def rounds_of(record: TurnCommitted) -> tuple[tuple[ToolCall, ...], ...]:
    """The calls of each round. A round without any let the world act: its answers have the keys to tell."""
    rounds: dict[int, list[ToolCall]] = {}
    for one in record.settled:
        world, _, position = one.outcome.key.partition("/")[2].rpartition("/")[0].rpartition("/")
        calls = rounds.setdefault(int(position), [])
        if not world:
            calls.append(one.outcome.call)
    return tuple(tuple(rounds[number]) for number in sorted(rounds))


def _resolved(turn: Turn, action: str, telling: Telling, actual: TurnResolvedV1) -> Version:
    """The commit of a turn and its event, made as campaign makes them, and written nowhere."""
    played = play_out(turn.before, turn.outcomes)
    request = PersistCampaign(
        envelope=turn.envelope("persist"),
        base_version=turn.before.version,
        action=action,
        outcomes=turn.outcomes,
        telling=telling,
    )
    told = actual.metadata
    event, *_ = turn_events(
        request, played, owner=actual.data.owner, seed=turn.seed, sequence=told.sequence or 1, now=told.occurred_at
    )
    assert isinstance(event, TurnResolvedV1)
    return Version(telling=telling, settled=played.settled, state=played.state, event=event)


def _sum(usages: Iterable[Usage]) -> Usage:
    """What all calls of a turn consumed; the model is the last that answered."""
    total = Usage()
    for usage in usages:
        figures = {name: getattr(total, name) + getattr(usage, name) for name in Usage.model_fields if name != "model"}
        total = Usage(model=usage.model or total.model, **figures)
    return total
