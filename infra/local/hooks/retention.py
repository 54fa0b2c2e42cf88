"""Memory and snapshots stay small however long the cloud runs: what AWS would expire is forgotten here, sooner.

Kept: all that runs, the latest finished executions, the latest log streams, a day of metrics. The event archive,
tables and queues are never touched.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from ministack.services import cloudwatch, cloudwatch_logs, eventbridge, stepfunctions

from infra.local.hooks.surface import need

logger = logging.getLogger("ninelives.hooks")
EVERY = 10.0  # seconds
EXECUTIONS = 200
LOG_STREAMS = 200  # per log group; the emulator opens one per Lambda call
LOG_EVENTS = 20_000  # per log stream
DAY = 24 * 3600.0


def _drop_executions() -> None:
    finished = [arn for arn, execution in stepfunctions._executions.items() if execution["status"] != "RUNNING"]
    for arn in finished[:-EXECUTIONS]:
        stepfunctions._executions.pop(arn, None)


def _latest(stream: dict[str, Any]) -> int:
    return int(stream.get("lastEventTimestamp") or stream.get("creationTime") or 0)


def _drop_logs() -> None:
    for group in cloudwatch_logs._log_groups.values():
        streams = group["streams"]
        by_age = sorted(list(streams.items()), key=lambda entry: _latest(entry[1]))
        for name, _ in by_age[:-LOG_STREAMS]:
            streams.pop(name, None)
        with cloudwatch_logs._log_events_lock:
            for stream in list(streams.values()):
                del stream["events"][:-LOG_EVENTS]


def _drop_metrics() -> None:
    since = time.time() - DAY
    for points in cloudwatch._metrics.values():
        stale = next((n for n, point in enumerate(points) if point["Timestamp"] >= since), len(points))
        del points[:stale]


def _drop_delivered_events() -> None:
    eventbridge._events_log_list().clear()  # nothing reads it; the archive holds what must be kept


def prune() -> None:
    """Forget what is past its time."""
    _drop_executions()
    _drop_logs()
    _drop_metrics()
    _drop_delivered_events()


def _loop() -> None:
    while True:
        time.sleep(EVERY)
        try:
            prune()
        except Exception:
            logger.exception("retention")


def install() -> None:
    need(stepfunctions, "_executions")
    need(cloudwatch_logs, "_log_groups", "_log_events_lock")
    need(cloudwatch, "_metrics")
    need(eventbridge, "_events_log_list")
    threading.Thread(target=_loop, name="retention", daemon=True).start()
