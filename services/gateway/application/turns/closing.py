"""The end of a turn: once, as resolved or as failed. Later attempts return how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from contracts.campaign import TurnVoided, VoidTurn
from contracts.envelope import CampaignId, Envelope, TurnId
from contracts.errors import CampaignOver, InvalidRequest, Transient
from contracts.gateway import FailTurn, FormatResponse, TurnClosed
from contracts.steps import STEPS
from services.gateway.application.live.ports import Tell
from services.gateway.application.service_calls import ServiceFunctions
from services.gateway.domain import events, turn_view
from services.gateway.domain.feed import make_entry, resolved_entry
from services.gateway.domain.records import Closing, TurnErased, TurnRecord, TurnToClose

TRIES = 6
PAUSE = 0.05
Close = Callable[[TurnToClose, datetime], Closing]


class OpenTurns(Protocol):
    """Turns that can be closed. Reads are consistent; `close` is False when something had moved on. `open_turn` raises
    TurnErased."""

    def open_turn(self, campaign: CampaignId, turn: TurnId) -> TurnToClose | None: ...
    def turns_by_id(self, turns: Sequence[tuple[CampaignId, TurnId]]) -> list[TurnRecord | None]: ...
    def close(self, closing: Closing) -> bool: ...
    def are_erased(self, campaigns: Sequence[CampaignId]) -> bool: ...


class FailedTurns(Protocol):
    """The queue of failed turns, for operators."""

    def send(self, failed: FailTurn) -> None: ...


@dataclass(frozen=True)
class ClosingDependencies:
    """Dependencies of the end of a turn."""

    turns: OpenTurns
    tell: Tell
    now: Callable[[], datetime]
    pause: Callable[[float], None]


@dataclass(frozen=True)
class FailingDependencies(ClosingDependencies):
    """Further dependencies of the end of a turn that failed."""

    failed_turns: FailedTurns


@dataclass(frozen=True)
class DeadlineDependencies(FailingDependencies):
    """Further dependencies of the end of a turn that nobody closed."""

    services: ServiceFunctions
    notice: Callable[[str], None]


def resolve(request: FormatResponse, deps: ClosingDependencies) -> TurnClosed:
    """Write the answer the player reads, and tell what the campaign committed and that it is answered."""
    fact = resolved_entry(request.committed)

    def closing(seen: TurnToClose, now: datetime) -> Closing:
        turn, gate, number = seen.turn, seen.gate, request.committed.number
        view = turn_view.view_resolved(turn, request).model_dump_json()
        event = events.make_turn_answered(turn, number, request.trace, gate.sequence + 1, now)
        return Closing(
            gate=replace(gate, turns_resolved=max(gate.turns_resolved, number)).after(request.committed.telling.usage),
            turn=replace(turn, status="resolved", number=number, view=view, told=None),
            event=event,
            told=seen.feed.followed_by(*((fact,) if fact else ()), make_entry(event), now=now),
            ended=request.committed.sheet.state.status == "ended",
        )

    return _describe_end(request.envelope, _close(request.envelope, deps, closing))


def fail(request: FailTurn, deps: FailingDependencies) -> TurnClosed:
    """Write why there is no answer, then tell the operators: at least once, for the message follows the commit, and not
    again of a turn that failed in another way before.

    A turn that failed because the story had ended closes the gate, should it still be open: the next is refused there.
    """
    is_cost_known = request.usage.calls or request.error != turn_view.DEADLINE

    def closing(seen: TurnToClose, now: datetime) -> Closing:
        view = turn_view.view_failed(seen.turn, request, now).model_dump_json()
        event = events.make_turn_failed(seen.turn, request, seen.gate.sequence + 1, now)
        return Closing(
            gate=seen.gate.after(request.usage) if is_cost_known else seen.gate,
            turn=replace(seen.turn, status="failed", view=view, told=None),
            event=event,
            told=seen.feed.followed_by(make_entry(event), now=now),
            ended=request.error == CampaignOver.__name__,
        )

    turn = _close(request.envelope, deps, closing)
    if turn and turn_view.failed_by(turn, request):
        deps.failed_turns.send(request)
    return _describe_end(request.envelope, turn)


def close_overdue(turns: Sequence[tuple[CampaignId, TurnId]], deps: DeadlineDependencies) -> None:
    """At their deadline: close those turns that nobody closed. Raises InvalidRequest for one there is not, unless it
    was erased."""
    asked = list(dict.fromkeys(turns))
    found = deps.turns.turns_by_id(asked)
    gone = list(dict.fromkeys(campaign for (campaign, _), turn in zip(asked, found, strict=True) if turn is None))
    if gone and not deps.turns.are_erased(gone):
        raise InvalidRequest("there is no such turn")
    for turn in found:
        if turn and not turn.finished:
            _close_overdue(turn, deps)


def _close_overdue(turn: TurnRecord, deps: DeadlineDependencies) -> None:
    """It is voided first, so it can no longer be committed."""
    deps.notice("turn overdue")
    voided = deps.services.call(VoidTurn(envelope=turn.envelope(STEPS.void), reason=turn_view.DEADLINE), TurnVoided)
    if voided.committed:
        resolve(FormatResponse(envelope=turn.envelope(STEPS.format), committed=voided.committed), deps)
    else:
        fail(FailTurn(envelope=turn.envelope(STEPS.fail), error=turn_view.DEADLINE, stage="deadline"), deps)


def _close(envelope: Envelope, deps: ClosingDependencies, closing: Close) -> TurnRecord | None:
    """The turn as it ended, now or before; None when it was erased."""
    for attempt in range(TRIES):
        try:
            seen = deps.turns.open_turn(envelope.campaign_id, envelope.turn)
        except TurnErased:
            return None
        if seen is None:
            raise InvalidRequest("there is no such turn")
        if seen.turn.finished:
            return seen.turn
        end = closing(seen, deps.now())
        if deps.turns.close(end):
            for told in end.told:
                deps.tell(told, seen.feed.listeners)
            return end.turn
        deps.pause(PAUSE * attempt)
    raise Transient("closing kept losing races")


def _describe_end(envelope: Envelope, turn: TurnRecord | None) -> TurnClosed:
    if turn is None:
        return TurnClosed(envelope=envelope, status="failed")
    status = "resolved" if turn.status == "resolved" else "failed"
    return TurnClosed(envelope=envelope, status=status, number=turn.number, turn=turn.view)
