"""Quotas: what a limit leaves one subject now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.gateway.domain.limits import RateLimit
from services.gateway.domain.rejections import TooManyRequests


@dataclass(frozen=True)
class Quota:
    """The quota of one subject in the window that begins at `window` and is forgotten after `until` (epoch seconds)."""

    subject: str
    what: str
    limit: RateLimit
    window: int
    until: int


def too_many(quota: Quota, now: datetime) -> TooManyRequests:
    """The rejection of a request that this quota has no room for."""
    limit = quota.limit
    return TooManyRequests(quota.what, limit.most, limit.span, limit.seconds_left(now))
