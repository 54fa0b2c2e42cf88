"""Whether a turn may begin: a pure decision over one consistent look at the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.chaos import Sabotage
from contracts.envelope import CampaignId, TurnId
from services.gateway.domain import events
from services.gateway.domain.records import RESTART_AFTER, Admission, Gate, Snapshot, TurnRecord
from services.gateway.http import problems


@dataclass(frozen=True)
class Asked:
    """A valid request for a turn."""

    player: str
    key: str
    fingerprint: str
    campaign_id: CampaignId
    turn_id: TurnId
    action: str
    expected_turn: int | None
    traceparent: str | None
    chaos: Sabotage | None = None


def decide(asked: Asked, seen: Snapshot, now: datetime) -> TurnRecord | Admission:
    """The turn this key already has, or what to write for a new one. Raises the problem that stands against it.

    A key is recognised by the turn it made even when its own record has expired: turn ids are derived from keys.
    """
    used = seen.key.fingerprint if seen.key else seen.turn.fingerprint if seen.turn else None
    if used is not None and used != asked.fingerprint:
        raise problems.key_reused()
    gate = seen.gate
    if gate is None or gate.owner != asked.player:
        raise problems.not_found("campaign")
    return seen.turn or _admit(asked, gate, now)


def _admit(asked: Asked, gate: Gate, now: datetime) -> Admission:
    if gate.active_turn:
        raise problems.turn_in_progress(gate.campaign_id, gate.active_turn)
    if gate.status == "ended":
        raise problems.campaign_over()
    if asked.expected_turn not in (None, gate.turns_resolved + 1):
        raise problems.turn_conflict(asked.expected_turn or 0, gate.turns_resolved + 1)
    turn = TurnRecord(
        turn_id=asked.turn_id,
        campaign_id=asked.campaign_id,
        owner=asked.player,
        action=asked.action,
        fingerprint=asked.fingerprint,
        ordinal=gate.sequence + 1,
        accepted_at=now,
        restart_at=now + RESTART_AFTER,
        traceparent=asked.traceparent,
        chaos=asked.chaos,
    )
    return Admission(gate=gate, turn=turn, key=asked.key, event=events.accepted(turn))
