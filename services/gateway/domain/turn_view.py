"""The finished turn as the player reads it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contracts.effects import Refused
from contracts.playerapi import EffectView, Problem, RefusalView, Turn
from contracts.tools import Refusal
from services.gateway.domain.links import link_turn
from services.gateway.domain.records import TurnRecord

if TYPE_CHECKING:
    from contracts.campaign import Settled, TurnCommitted
    from contracts.gateway import FailTurn, FormatResponse

DEADLINE = "TurnDeadline"
_UNCHANGED = "Nothing was changed. You can act again."
_TIMED_OUT = (
    "turn-timed-out",
    504,
    "Turn timed out",
    f"The turn took too long. {_UNCHANGED}",
)
_REASONS = {
    "CampaignOver": ("campaign-over", 409, "Campaign over", "This campaign has ended. Nothing was changed."),
    "TurnSuperseded": ("turn-conflict", 409, "Turn conflict", "Another turn came first. Nothing was changed."),
    "States.Timeout": _TIMED_OUT,
    DEADLINE: _TIMED_OUT,
}
_OTHERWISE = (
    "turn-failed",
    500,
    "Turn failed",
    f"The turn could not be played. {_UNCHANGED}",
)


def view_resolved(turn: TurnRecord, request: FormatResponse) -> Turn:
    """A committed turn with its story, dice, effects and refusals, in the order they happened."""
    committed, telling = request.committed, request.committed.telling
    return Turn(
        id=turn.turn_id,
        campaign_id=turn.campaign_id,
        status="resolved",
        action=turn.action,
        accepted_at=turn.accepted_at,
        number=committed.number,
        narrative=telling.narrative,
        suggested_actions=telling.suggested_actions,
        rolls=tuple(roll for each in committed.settled for roll in each.outcome.rolls),
        effects=_effects(turn, committed),
        refusals=tuple(refusal for each in committed.settled for refusal in _refusals(each)),
        campaign=committed.sheet,
        trace=request.trace,
        usage=telling.usage,
        report=telling.report,
        told_by=telling.told_by,
        economy=telling.economy,
        notice=turn.notice,
        resolved_at=committed.resolved_at,
    )


def view_failed(turn: TurnRecord, request: FailTurn, now: datetime) -> Turn:
    """A turn that was given up: why, in words for the player. The cause is for operators and stays out of it."""
    return Turn(
        id=turn.turn_id,
        campaign_id=turn.campaign_id,
        status="failed",
        action=turn.action,
        accepted_at=turn.accepted_at,
        trace=request.trace,
        resolved_at=now,
        problem=_problem(turn, request.error),
    )


def failed_by(turn: TurnRecord, request: FailTurn) -> bool:
    """Whether this is the request that failed it: others have another reason, or took other steps."""
    if turn.status != "failed" or turn.view is None:
        return False
    shown = Turn.model_validate_json(turn.view)
    return (shown.problem, shown.trace) == (_problem(turn, request.error), request.trace)


def _problem(turn: TurnRecord, error: str) -> Problem:
    kind, status, title, detail = _REASONS.get(error, _OTHERWISE)
    instance = link_turn(turn.campaign_id, turn.turn_id)
    return Problem(type=f"/problems/{kind}", status=status, title=title, detail=detail, instance=instance)


def _effects(turn: TurnRecord, committed: TurnCommitted) -> tuple[EffectView, ...]:
    opening = [_effect(effect, f"{turn.turn_id}/open") for effect in committed.opening]
    played = [
        _effect(effect, each.outcome.key)
        for each in committed.settled
        if each.applied
        for effect in (*each.outcome.effects, *each.consequences)
    ]
    return (*opening, *played)


def _effect(effect: object, call: str) -> EffectView:
    detail = effect.model_dump(mode="json")  # type: ignore[attr-defined]
    return EffectView(kind=detail.pop("kind"), call=call, detail=detail)


def _refusals(settled: Settled) -> list[RefusalView]:
    tool = settled.outcome.call.name
    refusals = [settled.outcome.refusal] if settled.outcome.refusal else []
    if settled.refused:
        refusals.append(_to_refusal(settled.refused))
    return [RefusalView(tool=tool, refusal=refusal) for refusal in refusals]


def _to_refusal(refused: Refused) -> Refusal:
    return Refusal(code=refused.code, rule=refused.reason, message=refused.reason)
