"""Lambda entry point: count every turn once."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from contracts.campaign import TurnResolvedV1
from contracts.gateway import StoryReportedV1, TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from services.metrics.domain.data_points import Counted, data_points, to_count
from services.metrics.wiring import costs, now, target_milliseconds, watch
from stagekit.consumer import consumer
from stagekit.observe import count, emit


@consumer(StoryReportedV1, TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1, TurnResolvedV1, in_batches=True)
def handler(*, events: tuple[Counted, ...]) -> None:
    once = {event.metadata.event_id: event for event in events}
    points = {event_id: data_points(event, target_milliseconds()) for event_id, event in once.items()}
    new = costs().count_all([to_count(event) for event in once.values()], now())
    if len(new) < len(events):
        count("count", Duplicates=len(events) - len(new))
    for point in (point for event_id in once if event_id in new for point in points[event_id]):
        measured = {each.name: (MetricUnit(each.unit), each.amount) for each in point.measurements}
        emit("count", measured, **{point.dimension: point.value})
    if spending := watch():
        spending.count(tuple(once.values()), new)
