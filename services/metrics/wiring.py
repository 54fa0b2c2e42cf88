"""Composition root of the metrics service: its table, target, ceiling and clock. The environment is read on first
use."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from contracts.envelope import Envelope
from contracts.metrics import DayCeilingReachedData, DayCeilingReachedV1
from services.metrics.adapters.cost_table import CostTable
from services.metrics.domain.data_points import Counted
from stagekit.clients import client
from stagekit.events import Announcement, announce
from stagekit.observe import count

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from services.metrics.application.watch import SpendingWatch


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB client with short waits and two retries."""
    return client("dynamodb", read=5, tries=3)


def costs() -> CostTable:
    """The table of what was counted."""
    return CostTable(dynamodb(), os.environ["METRICS_TABLE"])


@cache
def watch() -> SpendingWatch | None:
    """Spending counted by this container since it last looked at the day's sum; None where a day has no ceiling."""
    dollars, tokens = (int(os.environ.get(name) or 0) for name in ("DAY_BUDGET_MICRO_DOLLARS", "DAY_BUDGET_TOKENS"))
    if not dollars and not tokens:
        return None
    from services.metrics.application.watch import SpendingWatch
    from services.metrics.domain.ceiling import DayCeiling

    return SpendingWatch(DayCeiling(dollars, tokens), costs(), tell)


def tell(reached: DayCeilingReachedData, counted: Counted) -> None:
    """Say on the bus, and in the figure that raises the alarm, what counting this event led to. Raises when the bus
    does not take it."""
    envelope = counted.metadata.model_dump(include={*Envelope.model_fields} - {"quiet"})
    # Whoever sees more of the day says it again: each is an event of its own.
    occasion = f"/{reached.day}/{reached.micro_dollars}/{reached.tokens}"
    announce(Announcement(DayCeilingReachedV1, reached, occasion), Envelope.model_validate(envelope))
    count("count", DayCeilingReached=1)


def target_milliseconds() -> float:
    """The time that an answer may take, in milliseconds."""
    return 1000 * float(os.environ["TURN_TARGET_SECONDS"])


def now() -> float:
    """Seconds since 1970."""
    return time.time()
