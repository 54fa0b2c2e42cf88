"""CloudWatch alarms watch by themselves: queue depths are measured and every alarm is evaluated each period.

An alarm looks only at the dimensions it names, and one that treats missing data as not breaching goes back to OK
when its metric falls silent.
AWS: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

import logging
import threading
import time
import types
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch, sqs

from infra.local.hooks.surface import need, wrap

logger = logging.getLogger("ninelives.hooks")
EVERY = 2.0  # seconds; AWS evaluates once a minute
RESOLUTION = 60.0  # seconds between two measurements of a queue that does not change
Alarm = dict[str, Any]


Item = tuple[Any, Any]
_of_this_tick = threading.local()
"""The metrics by their dimensions, in the thread that looks through them for all alarms."""


class _Only:
    """The metrics of an account, seen through the dimensions of one alarm."""

    def __init__(self, dimensions: Any) -> None:
        known = getattr(_of_this_tick, "metrics", None)
        self._found: list[Item] = (_by_dimensions() if known is None else known).get(dimensions, [])

    def items(self) -> list[Item]:
        return self._found


def _by_dimensions() -> dict[Any, list[Item]]:
    found: dict[Any, list[Item]] = {}
    for item in cloudwatch._metrics.items():
        found.setdefault(item[0][2], []).append(item)
    return found


def _dimensions(alarm: Alarm) -> Any:
    listed = alarm.get("Dimensions") or []
    pairs = {entry["Name"]: entry["Value"] for entry in listed} if isinstance(listed, list) else dict(listed)
    return cloudwatch._dims_key(pairs)


def _silent(alarm: Alarm, metrics: _Only) -> bool:
    since = time.time() - int(alarm.get("Period", 60)) * int(alarm.get("EvaluationPeriods", 1))
    wanted = (alarm.get("Namespace"), alarm.get("MetricName"))
    points = (point for key, found in metrics.items() if key[:2] == wanted for point in found)
    return not any(point["Timestamp"] >= since for point in points)


def _settle(alarm: Alarm) -> None:
    """Back to OK for want of data, with the history and actions of any other change of state."""
    before, reason = alarm["StateValue"], "no datapoints were received and missing data is not breaching"
    alarm.update(StateValue="OK", StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], before, "OK", reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, "OK", reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def _evaluate(original: Callable[..., Any]) -> Callable[..., Any]:
    def evaluate(alarm: Alarm) -> None:
        metrics = _Only(_dimensions(alarm))
        if _silent(alarm, metrics):
            if alarm.get("TreatMissingData") == "notBreaching" and alarm["StateValue"] != "OK":
                _settle(alarm)
            return
        scope = {**vars(cloudwatch), "_metrics": metrics}
        types.FunctionType(original.__code__, scope)(alarm)

    return evaluate


_measured: dict[str, tuple[int, float]] = {}


def _measure_queues() -> None:
    """Record each queue's depth when it changed, and once per RESOLUTION."""
    now = time.time()
    for queue in sqs._queues.values():
        visible = sum(1 for message in list(queue["messages"]) if message.get("visible_at", 0) <= now)
        last, at = _measured.get(queue["name"], (-1, 0.0))
        if visible != last or now - at >= RESOLUTION:
            _measured[queue["name"]] = (visible, now)
            dimensions = {"QueueName": queue["name"]}
            cloudwatch.record_metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", visible, "Count", dimensions)


def tick() -> None:
    """Measure what AWS measures by itself and bring every alarm up to date."""
    _measure_queues()
    _of_this_tick.metrics = _by_dimensions()
    try:
        cloudwatch._evaluate_all_alarms()
    finally:
        del _of_this_tick.metrics


def _loop() -> None:
    while True:
        time.sleep(EVERY)
        try:
            tick()
        except Exception:
            logger.exception("alarm evaluation")


def install() -> None:
    need(cloudwatch, "_metrics", "_dims_key", "_record_history", "_dispatch_alarm_actions", "record_metric")
    need(cloudwatch, "_evaluate_parent_alarms", "_evaluate_all_alarms")
    need(sqs, "_queues")
    wrap(cloudwatch, "_evaluate_alarm", _evaluate)
    threading.Thread(target=_loop, name="alarms", daemon=True).start()
