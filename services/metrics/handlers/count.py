"""Lambda entry point: count every turn once."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from contracts.campaign import TurnResolvedV1
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from services.metrics.domain.data_points import Counted, cost_of, data_points
from services.metrics.wiring import costs, now, target_milliseconds
from stagekit.consumer import consumer
from stagekit.observe import count, emit


@consumer(TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1, TurnResolvedV1)
def handler(*, event: Counted) -> None:
    points = data_points(event, target_milliseconds())
    if not costs().count_once(event.metadata.event_id, cost_of(event), now()):
        count("count", Duplicates=1)
        return
    for point in points:
        measured = {each.name: (MetricUnit(each.unit), each.amount) for each in point.measurements}
        emit("count", measured, **{point.dimension: point.value})
