"""The rate limiter: counts requests before they cost anything.

A repeated Idempotency-Key is no new request and is not counted. When counting itself fails, the request is granted: a
limit that cannot be counted must not lock anybody out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.gateway.domain.limits import CountFailed, RateLimit
from services.gateway.domain.rejections import TooManyRequests


class RequestCounter(Protocol):
    """Counts in the gateway's table."""

    def count(self, subject: str, what: str, window: int, until: int) -> int:
        """One more in the window that begins at `window` and is forgotten after `until` (epoch seconds): how many are
        there now? Raises CountFailed."""


@dataclass(frozen=True)
class RateLimiter:
    """The limits in force, by what is limited. What has none is not counted."""

    limits: Mapping[str, RateLimit] = field(default_factory=dict)
    counter: RequestCounter | None = None
    report_uncounted: Callable[[], None] = lambda: None

    def count(self, subject: str, what: str, now: datetime) -> None:
        """Count one request of `subject`. Raises TooManyRequests when it is one too many."""
        limit = self.limits.get(what)
        if limit is None or self.counter is None:
            return
        window = limit.window(now)
        try:
            made = self.counter.count(subject, what, window, window + 2 * limit.seconds)
        except CountFailed:
            self.report_uncounted()
            return
        if made > limit.most:
            raise TooManyRequests(what, limit.most, limit.span, limit.seconds_left(now))
