"""A consumer of a stream that collects records is called when its batch is full or its window is over.

The emulator keeps `MaximumBatchingWindowInSeconds` and calls for every record that it finds: a relay that nobody waits
for would run beside the turn whose facts it tells, more than once. A window longer than a second is one of a second
here: whoever plays alone, and every test that waits for facts, waits for it.
AWS: docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ministack.core.concurrency import esm_wake
from ministack.services import dynamodb, lambda_svc

from infra.local.hooks.stream_memory import readers
from infra.local.hooks.surface import need, wrap

LONGEST = 1.0  # seconds
_until: dict[str, float] = {}
"""By consumer, when the window ends that began with the first record it has not read."""


def _hold_back(now: float) -> None:
    """Have the emulator pass over consumers whose windows are open, as over those that failed a moment ago."""
    passed_over = lambda_svc._esm_backoff_until
    for consumer, table in readers():
        mapping = lambda_svc._esms[consumer]
        window = min(float(mapping.get("MaximumBatchingWindowInSeconds") or 0), LONGEST)
        unread = dynamodb.stream_end_position(table) - lambda_svc._dynamodb_stream_positions[consumer]
        if not window or not unread:
            _until.pop(consumer, None)
            continue
        if consumer not in _until:
            _until[consumer] = now + window
            _wake_in(window)
        end = _until[consumer]
        if now < end and unread < int(mapping.get("BatchSize") or 100):
            passed_over[consumer] = max(end, passed_over.get(consumer, 0.0))
        else:
            del _until[consumer]  # what comes after this batch begins a window of its own
            if passed_over.get(consumer) == end:
                passed_over.pop(consumer, None)


def _wake_in(seconds: float) -> None:
    timer = threading.Timer(seconds, esm_wake.set)
    timer.daemon = True
    timer.start()


def _poll(original: Callable[[], bool]) -> Callable[[], bool]:
    def poll() -> bool:
        _hold_back(time.time())
        return original()

    return poll


def install() -> None:
    need(dynamodb, "stream_end_position")
    need(lambda_svc, "_esms", "_dynamodb_stream_positions", "_esm_backoff_until")
    wrap(lambda_svc, "_poll_dynamodb_streams", _poll)
