"""A campaign retraced from its events: each turn's effects folded over the state before it, held to the hash it told.

An event carries the effects of its turn as figures, up to 60 KiB of them. Where it was cut, the turn's own record
stands in, and is held to the same hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from pydantic import TypeAdapter, ValidationError

from contracts.campaign import EffectRecord, TurnCommitted, TurnResolvedV1
from contracts.effects import Proposal
from contracts.state import CampaignState
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.replay import fold_again
from services.campaign.domain.state_hash import state_hash

Record = Callable[[TurnResolvedV1], TurnCommitted | None]
_PROPOSAL: TypeAdapter[Proposal] = TypeAdapter(Proposal)


class Contradiction(Exception):
    """The witnesses of a campaign do not agree; `str(error)` is one line that says where."""


@dataclass(frozen=True)
class Retraced:
    """A turn: the states before and after it, and the outcomes between them."""

    event: TurnResolvedV1
    before: CampaignState
    outcomes: tuple[Outcome, ...]
    after: CampaignState
    began: bool
    """Whether it began with a tick, as turns did until time passed in the world's answer."""
    from_record: bool
    """Whether the event was cut in detail, so that these outcomes are those of the turn's record."""

    @property
    def number(self) -> int:
        return self.event.data.number


def retrace(first: CampaignState, events: Iterable[TurnResolvedV1], record: Record) -> Iterator[Retraced]:
    """The turns that follow the first state, one by one. Raises Contradiction."""
    state = first
    for event in events:
        if event.data.number != state.turn + 1:
            raise Contradiction(f"The event of turn {state.turn + 1} is missing: the next one tells of another turn.")
        turn = _from_event(state, event) or _from_record(state, event, record)
        if turn is None:
            raise Contradiction(
                f"Turn {event.data.number}: neither the effects of its event nor its record lead to the state that"
                " the event tells of."
            )
        yield turn
        state = turn.after


def until(turns: Iterable[Retraced], number: int) -> Iterator[Retraced]:
    """The turns up to this one."""
    return takewhile(lambda turn: turn.number <= number, turns)


def _from_event(state: CampaignState, event: TurnResolvedV1) -> Retraced | None:
    began = any(effect.kind == "turn-began" for effect in event.data.effects)
    return _fold(state, event, _outcomes(event), began=began, from_record=False)


def _from_record(state: CampaignState, event: TurnResolvedV1, record: Record) -> Retraced | None:
    kept = record(event)
    outcomes = tuple(one.outcome for one in kept.settled) if kept else ()
    return _fold(state, event, outcomes, began=bool(kept and kept.opening), from_record=True)


def _fold(
    state: CampaignState, event: TurnResolvedV1, outcomes: tuple[Outcome, ...], *, began: bool, from_record: bool
) -> Retraced | None:
    after = fold_again(state, outcomes, began=began)
    if state_hash(after) != event.data.state_hash:
        return None
    return Retraced(event=event, before=state, outcomes=outcomes, after=after, began=began, from_record=from_record)


def _outcomes(event: TurnResolvedV1) -> tuple[Outcome, ...]:
    """The outcomes of the event, each with its key and its effects. What follows from them the fold finds itself."""
    return tuple(_outcome(key, records) for key, records in groupby(event.data.effects, key=lambda each: each.call))


def _outcome(key: str, records: Iterable[EffectRecord]) -> Outcome:
    effects = tuple(effect for effect in map(_effect, records) if effect is not None)
    return Outcome(key=key, call=ToolCall(call_id="told", name="told"), verdict="done", effects=effects)


def _effect(record: EffectRecord) -> Proposal | None:
    """None for what only follows from other effects, and for a kind that is not known here: the hash finds out."""
    try:
        return _PROPOSAL.validate_python({**record.detail, "kind": record.kind})
    except ValidationError:
        return None
