"""Retry policies of the turn's tasks. Each task has one of these, by name, and no list of its own.

Every policy has a patient retrier for `StillInProgress`: a worker that was killed leaves its record in progress until
its function's timeout, and whoever asks again must outlast that.
"""

from __future__ import annotations

from typing import Any

Retrier = dict[str, Any]
Policy = list[Retrier]

NOT_TAKEN = (
    "Transient",
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
)
"""Calls that came back before anything was done."""
KILLED = ("Lambda.Unknown", "Lambda.ClientExecutionTimeoutException", "Runtime.ExitError", "Sandbox.Timedout")
LOST = (*NOT_TAKEN, *KILLED)
"""Calls that were lost on the way or with their worker. Asked again under the same key, a stage answers once."""


def _retrier(*errors: str, attempts: int, longest: int, first: int = 1, rate: float = 2) -> Retrier:
    return {
        "ErrorEquals": list(errors),
        "IntervalSeconds": first,
        "BackoffRate": rate,
        "MaxDelaySeconds": longest,
        "MaxAttempts": attempts,
        "JitterStrategy": "FULL",
    }


def _patient(attempts: int) -> Policy:
    return [
        _retrier("StillInProgress", attempts=14, longest=3),
        _retrier(*LOST, "States.Timeout", attempts=attempts, longest=5),
    ]


STANDARD = _patient(attempts=4)
"""A stage that answers in milliseconds. Its timeout is a lost call like any other."""

CLOSING = _patient(attempts=6)
"""A stage that ends the turn: what it gives up is left to the turn's deadline, minutes later, so it tries longer."""

BRIEF = [
    _retrier("StillInProgress", attempts=3, longest=2),
    _retrier(*LOST, attempts=2, longest=2),
]
"""A stage the turn can do without. A timeout is not tried again: it has cost the player its seconds already."""


def model(retries: int) -> Policy:
    """A call to a model. What failed or died is tried again so often in all, because each try may be a long one; a
    timeout is not: its time is gone, and the understudy answers at once. With fewer retries than two nobody waits for
    a worker that was killed in a long call, either."""
    costly = [_retrier("ModelUnavailable", *KILLED, attempts=retries, longest=8)] if retries else []
    return [
        _retrier("StillInProgress", attempts=20 if retries > 1 else 4, longest=6, first=2, rate=1.5),
        _retrier("ModelThrottled", attempts=4, longest=8),
        _retrier(*NOT_TAKEN, attempts=2, longest=5),
        *costly,
    ]


MODEL = model(2)

POLICIES = {"STANDARD": STANDARD, "CLOSING": CLOSING, "BRIEF": BRIEF, "MODEL": MODEL}
