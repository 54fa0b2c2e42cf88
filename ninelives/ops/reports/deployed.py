"""The reports of a deployment, each with its turn: read and closed by the gateway's own code."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from contracts.envelope import TurnId
from contracts.playerapi import Turn
from infra.environment import Environment
from infra.errors import UserError
from ninelives.terminal import plain
from services.gateway.adapters.reports import DynamoReports
from services.gateway.application.reporting import close_report
from services.gateway.domain.rejections import ResourceMissing
from services.gateway.domain.reports import StoryReport


def reports_of(deployed: Environment) -> DynamoReports:
    """The reports in the gateway's table."""
    client: Any = deployed.client("dynamodb")
    return DynamoReports(client, deployed.find("gateway", "table/gateway"))


def list_reports(reports: DynamoReports, *, closed: bool) -> list[StoryReport]:
    """Those that are open, oldest first; with `closed` the others, too."""
    found = (each for each in reports.all() if closed or not each.closed_at)
    return sorted(found, key=lambda each: (each.reported_at, each.turn_id))


def find_report(reports: DynamoReports, turn: TurnId) -> StoryReport:
    """The report of a turn. Raises UserError."""
    report = reports.find(turn)
    if report is None:
        raise UserError(f"{turn} was not reported, or so long ago that it is forgotten.")
    return report


def close(reports: DynamoReports, turn: TurnId, now: datetime) -> bool:
    """Whether it was closed already. Raises UserError when there is none."""
    report = find_report(reports, turn)
    try:
        return close_report(report.campaign_id, turn, reports, now, time.sleep)[1]
    except ResourceMissing as error:
        raise UserError(f"The turn {turn} is gone.") from error


def line(report: StoryReport) -> str:
    """A report in a line."""
    state = f"closed {report.closed_at:%Y-%m-%d %H:%M}" if report.closed_at else "open"
    return (
        f"{report.turn_id}  {report.reported_at:%Y-%m-%d %H:%M}  {report.reason:<11}  {state:<23}"
        f"  turn {report.number or '?'} of {report.campaign_id}"
    )


def describe_report(reports: DynamoReports, report: StoryReport, *, story: bool) -> Iterator[str]:
    """A report with its turn; what the player typed and was told only with `story`."""
    yield line(report)
    record = reports.look(report.campaign_id, report.turn_id).turn
    if record is None:
        yield "    the turn is gone"
        return
    turn = Turn.model_validate_json(record.json())
    model = turn.usage.model if turn.usage else None
    yield f"    told by   {turn.told_by or '?'}{f', {model}' if model and turn.told_by == 'model' else ''}"
    yield f"    played    {turn.accepted_at:%Y-%m-%d %H:%M:%S}"
    if story:
        yield f"    typed     {plain(turn.action)}"
        yield f"    told      {plain(turn.narrative or '')}"
