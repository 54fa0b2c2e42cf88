"""Lambda entry point: keep the projection up to date with the events, and say how far behind it is."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from contracts.envelope import Event
from services.campaign.application.project import project_all
from services.campaign.domain.lag import LATE, MILLISECOND, lag, overdue
from services.campaign.domain.projection import CampaignRow
from services.campaign.wiring import campaigns, now, pause, projection_versions
from stagekit.consumer import consumer
from stagekit.observe import count, emit, logger


@consumer(CampaignStartedV1, TurnResolvedV1, CampaignEndedV1, others_of="ninelives.campaign", in_batches=True)
def handler(*, events: tuple[Event, ...]) -> None:
    absorbed = project_all(events, projection_versions(), campaigns(), pause)
    known = [(event, one) for event, one in zip(events, absorbed, strict=True) if one is not None]
    new = [(event, one.row) for event, one in known if one.new]
    if len(new) < len(known):
        count("project", Duplicates=len(known) - len(new))
    last = {event.metadata.campaign_id: event for event, _ in new}
    for event, row in new:
        _tell(event, row, is_last=last[event.metadata.campaign_id] is event)


def _tell(event: Event, row: CampaignRow, *, is_last: bool) -> None:
    """How far behind the event was, and once for a campaign what is missing of it."""
    behind = lag(event.metadata.occurred_at, now())
    missing = overdue(row, now()) if is_last else 0
    counts = {"EventsProjected": 1, "EventsProjectedLate": int(behind > LATE), "Gaps": missing}
    figures = {name: (MetricUnit.Count, float(amount)) for name, amount in counts.items()}
    emit("project", {**figures, "ProjectionLag": (MetricUnit.Milliseconds, behind / MILLISECOND)})
    if missing:
        gaps = {"stream": event.metadata.stream, "missing": row.seen.missing}
        logger().warning("events missing", extra=gaps)
