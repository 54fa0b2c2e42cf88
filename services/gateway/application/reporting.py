"""Report a story, and close its report once somebody has looked at it: each is a fact, written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from contracts.envelope import CampaignId, TurnId
from contracts.errors import Transient
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.reports import (
    ReportChange,
    ReportRequest,
    ReportSnapshot,
    StoryReport,
    decide_close,
    decide_report,
)

TRIES = 6
PAUSE = 0.05


class Reports(Protocol):
    """Reports, as they are kept. A write that returns False found that something had moved on."""

    def look(self, campaign: CampaignId, turn: TurnId, player: str = "", key: str = "") -> ReportSnapshot: ...
    def write(self, change: ReportChange) -> bool: ...


class ReportDependencies(Protocol):
    """Dependencies of a report by a player."""

    @property
    def reports(self) -> Reports: ...
    @property
    def limiter(self) -> RateLimiter: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def pause(self) -> Callable[[float], None]: ...


def report_story(request: ReportRequest, deps: ReportDependencies) -> tuple[StoryReport, bool]:
    """Returns (report, was_there): a turn is reported once, whatever its second report says. Raises a Rejection."""

    def decide() -> StoryReport | ReportChange:
        seen = deps.reports.look(request.campaign_id, request.turn_id, request.player, request.key)
        return decide_report(request, seen, deps.now())

    if isinstance(decide(), ReportChange):
        deps.limiter.count(request.player, "reports", deps.now())
    return _settle(decide, deps.reports, deps.pause)


def close_report(
    campaign: CampaignId, turn: TurnId, reports: Reports, now: datetime, pause: Callable[[float], None]
) -> tuple[StoryReport, bool]:
    """Returns (report, was_closed). Raises ResourceMissing."""
    return _settle(lambda: decide_close(reports.look(campaign, turn), now), reports, pause)


def _settle(
    decide: Callable[[], StoryReport | ReportChange], reports: Reports, pause: Callable[[float], None]
) -> tuple[StoryReport, bool]:
    """Returns (report, was_so). Decides anew while the campaign moves on, up to TRIES times."""
    for attempt in range(TRIES):
        decided = decide()
        if isinstance(decided, StoryReport):
            return decided, True
        if reports.write(decided):
            return decided.report, False
        pause(PAUSE * attempt)
    raise Transient("the campaign was always being played")
