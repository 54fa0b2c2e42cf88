"""Lambda entry point: keep the projection up to date with the events, and say how far behind it is."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from services.campaign.application.project import project
from services.campaign.domain.lag import LATE, MILLISECOND, lag, overdue
from services.campaign.wiring import campaigns, generations, now, pause
from stagekit.consumer import consumer
from stagekit.observe import count, emit, logger


@consumer(CampaignStartedV1, TurnResolvedV1, CampaignEndedV1)
def handler(*, event: CampaignStartedV1 | TurnResolvedV1 | CampaignEndedV1) -> None:
    line, new = project(event, generations(), campaigns(), pause)
    if not new:
        count("project", Duplicates=1)
        return
    behind, missing = lag(event.metadata.occurred_at, now()), overdue(line, now())
    counts = {"EventsProjected": 1, "EventsProjectedLate": int(behind > LATE), "Gaps": missing}
    figures = {name: (MetricUnit.Count, float(amount)) for name, amount in counts.items()}
    emit("project", {**figures, "ProjectionLag": (MetricUnit.Milliseconds, behind / MILLISECOND)})
    if missing:
        logger().warning("events missing", extra={"stream": event.metadata.stream, "missing": line.seen.missing})
