"""Admission of a turn: a pure decision over one consistent look at what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from contracts.chaos import Sabotage
from contracts.envelope import CampaignId, TurnId
from services.gateway.domain import events
from services.gateway.domain.feed import make_entry
from services.gateway.domain.quotas import Quota, too_many
from services.gateway.domain.records import RESTART_AFTER, Admission, Gate, Snapshot, TurnRecord
from services.gateway.domain.rejections import (
    BeingErased,
    CampaignFinished,
    KeyInUse,
    ResourceMissing,
    TurnRunning,
    UnexpectedTurn,
)

if TYPE_CHECKING:
    from services.gateway.domain.purses import Share


@dataclass(frozen=True)
class TurnRequest:
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
    waits: bool = False
    """The client waits for the end of the turn, as long as one may."""
    household: str = ""
    """The network that the request came from, as a digest."""


def decide(
    request: TurnRequest, seen: Snapshot, now: datetime, quota: Quota | None = None, share: Share | None = None
) -> TurnRecord | Admission:
    """The turn this key already has, or what to write for a new one. Raises the Rejection that stands against it.

    `share` is what one player may have of a day's money, where there is such a limit.

    A key is recognised by the turn it made even when its own record has expired: turn ids are derived from keys.
    """
    used = seen.key.fingerprint if seen.key else seen.turn.fingerprint if seen.turn else None
    if used is not None and used != request.fingerprint:
        raise KeyInUse
    gate = seen.gate
    if gate is None or gate.owner != request.player:
        raise ResourceMissing("campaign")
    if gate.status == "erased":
        raise BeingErased
    return seen.turn or _admit(request, gate, seen, quota, share, now)


def _admit(
    request: TurnRequest, gate: Gate, seen: Snapshot, quota: Quota | None, share: Share | None, now: datetime
) -> Admission:
    if gate.active_turn:
        raise TurnRunning(gate.campaign_id, gate.active_turn)
    if gate.status == "ended":
        raise CampaignFinished
    if request.expected_turn not in (None, gate.turns_resolved + 1):
        raise UnexpectedTurn(request.expected_turn or 0, gate.turns_resolved + 1)
    if quota and seen.made >= quota.limit.most:
        raise too_many(quota, now)
    charged = share.charge(seen.purse, gate, is_day_spent=seen.spent) if seen.purse and share else None
    had_share = charged is not None and not charged.held and not seen.spent
    turn = TurnRecord(
        turn_id=request.turn_id,
        campaign_id=request.campaign_id,
        owner=request.player,
        action=request.action,
        fingerprint=request.fingerprint,
        ordinal=gate.sequence + 1,
        accepted_at=now,
        restart_at=now + RESTART_AFTER,
        traceparent=request.traceparent,
        chaos=request.chaos,
        quiet=request.waits and not seen.feed.listeners,
        frugal=seen.spent or had_share,
        had_share=had_share,
        resolved=gate.turns_resolved,
    )
    event = events.make_turn_accepted(turn)
    (told,) = seen.feed.followed_by(make_entry(event), now=now)
    return Admission(gate=gate, turn=turn, key=request.key, event=event, told=told, quota=quota, charge=charged)
