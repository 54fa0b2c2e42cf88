"""The rate limiter: counts requests before they cost anything.

A turn is counted by the transaction that admits it, everything else by a write of its own.

A repeated Idempotency-Key is no new request and is not counted. When counting itself fails, the request is granted: a
limit that cannot be counted must not lock anybody out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.gateway.domain.limits import CountFailed, RateLimit
from services.gateway.domain.quotas import Quota, too_many


class RequestCounter(Protocol):
    """Counts in the gateway's table."""

    def count(self, quota: Quota) -> int:
        """One more in this window: how many are there now? Raises CountFailed."""


@dataclass(frozen=True)
class RateLimiter:
    """The limits in force, by what is limited. What has none is not counted."""

    limits: Mapping[str, RateLimit] = field(default_factory=dict)
    counter: RequestCounter | None = None
    report_uncounted: Callable[[], None] = lambda: None

    def quota(self, subject: str, what: str, now: datetime) -> Quota | None:
        """The quota of `subject` now, for whoever counts with the write that a request is for; None without a limit."""
        limit = self.limits.get(what)
        if limit is None:
            return None
        window = limit.window(now)
        return Quota(subject, what, limit, window, window + 2 * limit.seconds)

    def count(self, subject: str, what: str, now: datetime) -> None:
        """Count one request of `subject`. Raises TooManyRequests when it is one too many."""
        quota = self.quota(subject, what, now)
        if quota is None or self.counter is None:
            return
        try:
            made = self.counter.count(quota)
        except CountFailed:
            self.report_uncounted()
            return
        if made > quota.limit.most:
            raise too_many(quota, now)
