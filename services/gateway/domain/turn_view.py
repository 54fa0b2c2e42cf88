"""The finished turn as the player reads it."""

from __future__ import annotations

from datetime import datetime

from contracts.campaign import Settled, TurnCommitted
from contracts.effects import Refused
from contracts.gateway import FailTurn, FormatResponse
from contracts.playerapi import EffectView, Problem, RefusalView, Turn
from contracts.tools import Refusal
from services.gateway.domain.records import TurnRecord
from services.gateway.http.problems import problem, turn_url

DEADLINE = "TurnDeadline"
_REASONS = {
    "CampaignOver": ("campaign-over", 409, "The story has ended", "This campaign is over. Nothing was changed."),
    "TurnSuperseded": ("turn-conflict", 409, "The story has moved on", "Another turn came first. Nothing was changed."),
    "States.Timeout": ("turn-timed-out", 504, "The turn took too long", "Nothing was changed. You can act again."),
    DEADLINE: ("turn-timed-out", 504, "The turn took too long", "Nothing was changed. You can act again."),
}
_OTHERWISE = ("turn-failed", 500, "The turn could not be played", "Nothing was changed. You can act again.")


def resolved(turn: TurnRecord, told: FormatResponse) -> Turn:
    """A committed turn with its story, dice, effects and refusals, in the order they happened."""
    committed, telling = told.committed, told.committed.telling
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
        trace=told.trace,
        usage=telling.usage,
        report=telling.report,
        told_by=telling.told_by,
        economy=telling.economy,
        resolved_at=committed.resolved_at,
    )


def failed(turn: TurnRecord, why: FailTurn, now: datetime) -> Turn:
    """A turn that was given up: why, in words for the player. The cause is for operators and stays out of it."""
    return Turn(
        id=turn.turn_id,
        campaign_id=turn.campaign_id,
        status="failed",
        action=turn.action,
        accepted_at=turn.accepted_at,
        trace=why.trace,
        resolved_at=now,
        problem=_problem(turn, why.error),
    )


def _problem(turn: TurnRecord, error: str) -> Problem:
    kind, status, title, detail = _REASONS.get(error, _OTHERWISE)
    return problem(kind, status, title, detail, instance=turn_url(turn.campaign_id, turn.turn_id))


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
    told = [settled.outcome.refusal] if settled.outcome.refusal else []
    if settled.refused:
        told.append(_as_refusal(settled.refused))
    return [RefusalView(tool=tool, refusal=refusal) for refusal in told]


def _as_refusal(refused: Refused) -> Refusal:
    return Refusal(code=refused.code, rule=refused.reason, message=refused.reason)
