"""How a turn ends: once, as resolved or as failed. Whoever comes later is told how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from contracts.campaign import VoidTurn
from contracts.envelope import Envelope
from contracts.errors import CampaignOver, InvalidRequest, Transient
from contracts.gateway import FailTurn, FormatResponse, TurnClosed
from services.gateway.application.ports import Desk, FailedTurns, Ledger, Stages
from services.gateway.domain import events, turn_view
from services.gateway.domain.records import Closing, Gate, TurnRecord

TRIES = 6
Close = Callable[[TurnRecord, Gate, datetime], Closing]


def resolve(request: FormatResponse, desk: Desk) -> TurnClosed:
    """Write the answer the player reads."""

    def closing(turn: TurnRecord, gate: Gate, now: datetime) -> Closing:
        number = request.committed.number
        view = turn_view.resolved(turn, request).model_dump_json()
        return Closing(
            gate=replace(gate, turns_resolved=max(gate.turns_resolved, number)),
            turn=replace(turn, status="resolved", number=number, view=view, told=None),
            event=events.answered(turn, number, request.trace, gate.sequence + 1, now),
            ended=request.committed.sheet.state.status == "ended",
        )

    return _closed(request.envelope, desk.ledger, desk, closing)


def fail(request: FailTurn, desk: Desk, failed_turns: FailedTurns) -> TurnClosed:
    """Write why there is no answer, then tell the operators: at least once, for the message follows the commit.

    A turn that failed because the story had ended closes the gate, should it still be open: the next is refused there.
    """

    def closing(turn: TurnRecord, gate: Gate, now: datetime) -> Closing:
        view = turn_view.failed(turn, request, now).model_dump_json()
        return Closing(
            gate=gate,
            turn=replace(turn, status="failed", view=view, told=None),
            event=events.failed(turn, request.error, request.stage, gate.sequence + 1, now),
            ended=request.error == CampaignOver.__name__,
        )

    closed = _closed(request.envelope, desk.ledger, desk, closing)
    if closed.status == "failed":
        failed_turns.send(request)
    return closed


def close_overdue(envelope: Envelope, desk: Desk, failed_turns: FailedTurns) -> None:
    """At its deadline: close a turn that nobody closed. It is voided first, so it can no longer be committed."""
    turn = desk.ledger.turn(envelope.campaign_id, _turn_id(envelope))
    if turn is None:
        raise InvalidRequest("there is no such turn")
    if turn.finished:
        return
    desk.notice("turn overdue")
    _void_and_close(turn, desk, desk.stages, failed_turns)


def _void_and_close(turn: TurnRecord, desk: Desk, stages: Stages, failed_turns: FailedTurns) -> None:
    voided = stages.void_turn(VoidTurn(envelope=turn.envelope("void"), reason=turn_view.DEADLINE))
    if voided.committed:
        resolve(FormatResponse(envelope=turn.envelope("format"), committed=voided.committed), desk)
    else:
        fail(FailTurn(envelope=turn.envelope("fail"), error=turn_view.DEADLINE, stage="deadline"), desk, failed_turns)


def _closed(envelope: Envelope, ledger: Ledger, desk: Desk, closing: Close) -> TurnClosed:
    for attempt in range(TRIES):
        turn, gate = ledger.turn(envelope.campaign_id, _turn_id(envelope)), ledger.gate(envelope.campaign_id)
        if turn is None or gate is None:
            raise InvalidRequest("there is no such turn")
        if turn.finished:
            return _how(envelope, turn)
        end = closing(turn, gate, desk.now())
        if ledger.close(end):
            return _how(envelope, end.turn)
        desk.pause(0.05 * attempt)
    raise Transient("closing kept losing races")


def _how(envelope: Envelope, turn: TurnRecord) -> TurnClosed:
    status = "resolved" if turn.status == "resolved" else "failed"
    return TurnClosed(envelope=envelope, status=status, number=turn.number)


def _turn_id(envelope: Envelope) -> str:
    if envelope.turn_id is None:
        raise InvalidRequest("a turn is closed under its turn id")
    return envelope.turn_id
