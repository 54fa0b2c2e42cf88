"""Lambda entry point: keep the projection up to date with the events, and say how far behind it is."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from contracts.envelope import Event
from services.campaign.application.project import project
from services.campaign.domain.lag import LATE, MILLISECOND, lag, overdue
from services.campaign.wiring import campaigns, now, pause, projection_versions
from stagekit.consumer import consumer
from stagekit.observe import count, emit, logger


@consumer(CampaignStartedV1, TurnResolvedV1, CampaignEndedV1, others_of="ninelives.campaign")
def handler(*, event: Event) -> None:
    absorbed = project(event, projection_versions(), campaigns(), pause)
    if absorbed is None or not absorbed.new:
        count("project", Duplicates=int(absorbed is not None))
        return
    behind, missing = lag(event.metadata.occurred_at, now()), overdue(absorbed.row, now())
    counts = {"EventsProjected": 1, "EventsProjectedLate": int(behind > LATE), "Gaps": missing}
    figures = {name: (MetricUnit.Count, float(amount)) for name, amount in counts.items()}
    emit("project", {**figures, "ProjectionLag": (MetricUnit.Milliseconds, behind / MILLISECOND)})
    if missing:
        gaps = {"stream": event.metadata.stream, "missing": absorbed.row.seen.missing}
        logger().warning("events missing", extra=gaps)
