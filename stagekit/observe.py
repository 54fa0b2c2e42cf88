"""Logs and metrics, the same everywhere: JSON lines with the ids of the turn, EMF with few dimensions.

Nothing here ever logs a payload: payloads hold what players wrote.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit


@cache
def logger() -> Logger:
    """This container's logger; its service and level come from the environment, on first use."""
    return Logger(utc=True)


def count(operation: str, **amounts: float) -> None:
    """Emit `amounts` as counts under the dimensions service, environment and operation."""
    emit(operation, {name: (MetricUnit.Count, amount) for name, amount in amounts.items()})


def emit(operation: str, figures: dict[str, tuple[MetricUnit, float]], **dimension: str) -> None:
    """Emit figures in one EMF line. `dimension` replaces `operation` where another tells more (event_type, model)."""
    metrics = EphemeralMetrics()
    for name, value in (dimension or {"operation": operation}).items():
        metrics.add_dimension(name=name, value=value)
    metrics.add_dimension(name="environment", value=os.environ.get("ENVIRONMENT", "local"))
    for name, (unit, amount) in figures.items():
        metrics.add_metric(name=name, unit=unit, value=amount)
    metrics.flush_metrics()


@contextmanager
def observe(operation: str, keys: dict[str, Any]) -> Iterator[None]:
    """Log with these keys while the block runs; measure how long it took, and count it when it failed."""
    started = time.perf_counter()
    with logger().append_context_keys(operation=operation, **keys):
        try:
            yield
        except Exception as error:
            logger().warning("failed", extra={"error": type(error).__name__})
            count(operation, Failures=1)
            raise
        finally:
            emit(operation, {"Duration": (MetricUnit.Milliseconds, (time.perf_counter() - started) * 1000)})


def ids_of(envelope: object) -> dict[str, Any]:
    """The ids of a raw envelope that belong in a log line, whatever shape it came in."""
    known = ("campaign_id", "turn_id", "idempotency_key", "correlation_id", "traceparent")
    return {key: envelope.get(key) for key in known} if isinstance(envelope, dict) else {}
