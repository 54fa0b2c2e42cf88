"""Reports: a player says that a story of theirs should not have been told so. A report holds no text.

A turn is reported once. What was reported, and that somebody has looked at it, are facts of the turn's stream.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from contracts.envelope import CampaignId, Event, TurnId
from services.gateway.domain.events import make_report_closed, make_story_reported
from services.gateway.domain.records import Gate, KeyRecord, TurnRecord
from services.gateway.domain.rejections import BeingErased, KeyInUse, ResourceMissing, StoryUntold


@dataclass(frozen=True)
class ReportRequest:
    """A player's request for a report, and what it is recognised by."""

    player: str
    key: str
    fingerprint: str
    campaign_id: CampaignId
    turn_id: TurnId
    reason: str


@dataclass(frozen=True)
class StoryReport:
    """A report as it is kept: open until `closed_at`. `number` is the turn's."""

    turn_id: TurnId
    campaign_id: CampaignId
    reason: str
    reported_at: datetime
    number: int | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class ReportSnapshot:
    """Everything a report depends on, not read at one moment: whoever writes says what all of it must still be."""

    key: KeyRecord | None = None
    gate: Gate | None = None
    turn: TurnRecord | None = None
    report: StoryReport | None = None


@dataclass(frozen=True)
class ReportChange:
    """The writes of a new or closed report, all of them or none. `gate` is as it was seen; `key` is written with a new
    report, when the client's key is not known yet."""

    gate: Gate
    report: StoryReport
    event: Event
    key: tuple[str, KeyRecord] | None = None


def decide_report(request: ReportRequest, seen: ReportSnapshot, now: datetime) -> StoryReport | ReportChange:
    """The report that this turn has already, or what is to be written. Raises the Rejection that stands against it."""
    gate, turn = seen.gate, seen.turn
    if gate and gate.owner == request.player and gate.status == "erased":
        raise BeingErased
    if gate is None or turn is None or turn.owner != request.player:
        raise ResourceMissing("turn")
    if seen.key and seen.key.fingerprint != request.fingerprint:
        raise KeyInUse
    if seen.report:
        return seen.report
    if turn.status != "resolved":
        raise StoryUntold
    report = StoryReport(turn.turn_id, turn.campaign_id, request.reason, now, turn.number)
    event = make_story_reported(turn, request.reason, gate.sequence + 1, now)
    return ReportChange(gate, report, event, None if seen.key else (request.key, KeyRecord(request.fingerprint)))


def decide_close(seen: ReportSnapshot, now: datetime) -> StoryReport | ReportChange:
    """The report that is closed already, or what is to be written. Raises ResourceMissing."""
    if seen.report is None or seen.gate is None or seen.turn is None:
        raise ResourceMissing("report")
    if seen.report.closed_at:
        return seen.report
    event = make_report_closed(seen.turn, seen.report.reason, seen.gate.sequence + 1, now)
    return ReportChange(seen.gate, replace(seen.report, closed_at=now), event)
