"""Reports of stories."""

from __future__ import annotations

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import NewReport, Report
from services.gateway.application import reporting
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.reports import ReportRequest
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.idempotency import read_key
from services.gateway.http.operations import Operation, SuccessResponse, operation


@operation(
    Operation(
        id="reports.file",
        tag="turns",
        body=NewReport,
        keyed=True,
        answers={200: SuccessResponse(Report), 201: SuccessResponse(Report)},
        refuses=(problems.STORY_UNTOLD, problems.RATE_LIMITED),
    )
)
def report_story(
    request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId, turn_id: TurnId
) -> HttpResponse:
    """Report the story of a turn. A turn is reported once: its second report is answered 200 with the first."""
    key = read_key(request)
    sent = bodies.parse(request, NewReport)
    asked = ReportRequest(request.player, key, sent.fingerprint, campaign_id, turn_id, sent.body.reason)
    report, was_there = reporting.report_story(asked, deps)
    body = Report(
        campaign_id=report.campaign_id, turn_id=report.turn_id, reason=report.reason, reported_at=report.reported_at
    )
    return HttpResponse(200 if was_there else 201, body.model_dump_json())
