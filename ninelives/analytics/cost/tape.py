"""Catches what functions print, as CloudWatch would take it in, and finds the metrics among it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from ninelives.analytics.cost.clock import CountedClock
from ninelives.analytics.cost.tally import CostTally

GB = 1024**3
LINE_OVERHEAD = 26
"""Bytes that CloudWatch adds to each log event it charges."""
PLATFORM_LINES_GB = (150 + 330 + 2 * LINE_OVERHEAD) / GB
"""The GB that Lambda itself writes of a call in JSON: that it starts, and the report of what it took."""


class Tape(io.TextIOBase):
    """Stands in for standard output. `metrics` are the distinct custom metrics seen: each is charged by the month."""

    def __init__(self, clock: CountedClock, tally: CostTally) -> None:
        self._clock = clock
        self.tally = tally
        self.metrics: set[tuple[str, ...]] = set()

    def write(self, text: str) -> int:
        frame = self._clock.now
        for line in text.splitlines():
            if frame and line.strip():
                self.tally.add(frame.service, "log-gb", log_gb(line))
                self.metrics.update((frame.service, *metric) for metric in embedded_metrics(line))
        return len(text)


def log_gb(line: str) -> float:
    """The GB that a log line is charged as."""
    return (len(line.encode()) + LINE_OVERHEAD) / GB


def embedded_metrics(line: str) -> Iterator[tuple[str, ...]]:
    """The metrics in a line of the embedded metric format: name, and dimensions other than the service."""
    if '"_aws"' not in line:
        return
    said: dict[str, Any] = json.loads(line)
    for directive in said["_aws"]["CloudWatchMetrics"]:
        for dimensions in directive["Dimensions"]:
            values = sorted(f"{name}={said[name]}" for name in dimensions if name != "service")
            yield from ((metric["Name"], *values) for metric in directive["Metrics"])
