"""Lambda entry point: keep the projection up to date with the events, and say how far behind it is."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from contracts.envelope import Event
from services.campaign.application.project import project_all
from services.campaign.domain.lag import LATE, MILLISECOND, lag, overdue
from services.campaign.domain.projection import KINDS
from services.campaign.wiring import campaigns, now, pause, projection_versions
from stagekit.consumer import consumer
from stagekit.observe import count, emit, logger


@consumer(*KINDS, others_of="ninelives.campaign", in_batches=True)
def handler(*, events: tuple[Event, ...]) -> None:
    absorbed = project_all(events, projection_versions(), campaigns(), pause)
    if duplicates := sum(not one.new for one in absorbed if one):
        count("project", Duplicates=duplicates)
    for event, row in ((event, one.row) for event, one in zip(events, absorbed, strict=True) if one and one.new):
        behind, missing = lag(event.metadata.occurred_at, now()), overdue(row, now())
        counts = {"EventsProjected": 1, "EventsProjectedLate": int(behind > LATE), "Gaps": missing}
        figures = {name: (MetricUnit.Count, float(amount)) for name, amount in counts.items()}
        emit("project", {**figures, "ProjectionLag": (MetricUnit.Milliseconds, behind / MILLISECOND)})
        if missing:
            logger().warning("events missing", extra={"stream": event.metadata.stream, "missing": row.seen.missing})
