"""A consumer of a queue that collects messages is called when its batch is full or its window is over.

The emulator keeps `MaximumBatchingWindowInSeconds` and calls at once, with ten messages at most, whatever `BatchSize`
says.
AWS: docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc, sqs

from infra.local.hooks.surface import need, wrap

Batch = list[dict[str, Any]]
Receive = Callable[[str, int], Batch]
_due: dict[str, float] = {}
"""By queue, when the poller is woken for it."""


def _window(queue: Any) -> float:
    """The longest window of those who read this queue."""
    arn = queue["attributes"].get("QueueArn")
    readers = (esm for _, _, esm in lambda_svc._iter_all_esms() if esm.get("EventSourceArn") == arn)
    return max((float(esm.get("MaximumBatchingWindowInSeconds") or 0) for esm in readers), default=0.0)


def _visible_since(queue: Any, now: float) -> list[float]:
    """Returns the times at which messages became visible, without those that wait or are being read."""
    with sqs._queues_lock:
        visible = [m.get("visible_at") or m["sent_at"] for m in queue["messages"]]
    return [moment for moment in visible if moment <= now]


def _wake_in(queue_url: str, seconds: float) -> None:
    """The poller looks once a second by itself: too late for a window that ends before."""
    at = time.time() + seconds
    if _due.get(queue_url, 0.0) < time.time():
        _due[queue_url] = at
        timer = threading.Timer(seconds, lambda: sqs.esm_wake.set())
        timer.daemon = True
        timer.start()


def _receive(original: Receive) -> Receive:
    def receive(queue_url: str, max_number: int) -> Batch:
        most, now, queue = int(max_number or 1), time.time(), sqs._get_q(queue_url)
        since = _visible_since(queue, now)
        if not since:  # most queues, each time one of them gets a message: the emulator would go through all they hold
            return []
        if len(since) < most and (left := min(since) + _window(queue) - now) > 0:
            _wake_in(queue_url, left)
            return []
        batch: Batch = []
        while len(batch) < most and (more := original(queue_url, most - len(batch))):
            batch += more
        return batch

    return receive


def install() -> None:
    need(lambda_svc, "_iter_all_esms", "_poll_sqs")
    need(sqs, "_queues_lock", "_get_q", "esm_wake")
    wrap(sqs, "_receive_messages_for_esm", _receive)
