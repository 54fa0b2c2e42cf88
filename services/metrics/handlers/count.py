"""Lambda entry point: count every turn once."""

from __future__ import annotations

import os
import time

from aws_lambda_powertools.metrics import MetricUnit

from contracts.campaign import TurnResolvedV1
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from services.metrics.adapters.cost_table import count_once
from services.metrics.domain.data_points import Counted, data_points, ledger_line
from stagekit.consumer import consumer
from stagekit.observe import count, emit


@consumer(TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1, TurnResolvedV1)
def handler(*, event: Counted) -> None:
    target_milliseconds = 1000 * float(os.environ["TURN_TARGET_SECONDS"])
    if not count_once(event.metadata.event_id, ledger_line(event), time.time()):
        count("count", Duplicates=1)
        return
    for point in data_points(event, target_milliseconds):
        figures = {figure.name: (MetricUnit(figure.unit), figure.amount) for figure in point.figures}
        emit("count", figures, **{point.dimension: point.value})
