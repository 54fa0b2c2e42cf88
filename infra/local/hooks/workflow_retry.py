"""A workflow starts at once and retries as it says: MaxDelaySeconds, JitterStrategy and the name of a throttle.

`delay = min(IntervalSeconds * BackoffRate ** retries, MaxDelaySeconds)`; with `FULL` jitter a uniform draw
from zero to that.
AWS: docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
"""

from __future__ import annotations

import random
import time
import types
from collections.abc import Callable
from typing import Any

from ministack.services import stepfunctions

from infra.local.hooks.surface import need, wrap

START_PAUSE = 0.15  # seconds the emulator sleeps before every execution
THROTTLED = "TooManyRequestsException"


def _without_the_start_pause() -> types.ModuleType:
    clock = types.ModuleType("time")
    clock.__dict__.update(vars(time))
    setattr(clock, "sleep", lambda seconds: None if seconds == START_PAUSE else time.sleep(seconds))  # noqa: B010
    return clock


def delay(retrier: dict[str, Any], retries: int) -> float:
    """Seconds to wait before the next attempt, after `retries` earlier ones under this retrier."""
    seconds = float(retrier.get("IntervalSeconds", 1)) * float(retrier.get("BackoffRate", 2.0)) ** retries
    seconds = min(seconds, float(retrier.get("MaxDelaySeconds", seconds)))
    return random.uniform(0, seconds) if retrier.get("JitterStrategy") == "FULL" else seconds


def _matching(original: Callable[..., Any]) -> Callable[..., Any]:
    def matching(retriers: Any, error: str, counts: dict[int, int]) -> Any:
        retrier, index = original(retriers, error, counts)
        if retrier is None:
            return retrier, index
        return {**retrier, "IntervalSeconds": delay(retrier, counts.get(index, 0)), "BackoffRate": 1.0}, index

    return matching


def _call_lambda(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(function: Any, event: Any) -> Any:
        try:
            return original(function, event)
        except stepfunctions._ExecutionError as error:
            if error.error == "Lambda.Unknown" and THROTTLED in (error.cause or ""):
                raise stepfunctions._ExecutionError(f"Lambda.{THROTTLED}", error.cause) from None
            raise

    return call


def install() -> None:
    need(stepfunctions, "time", "_ExecutionError")
    stepfunctions.time = _without_the_start_pause()
    wrap(stepfunctions, "_find_matching_retrier", _matching)
    wrap(stepfunctions, "_call_lambda", _call_lambda)
