"""The rate limiter of this deployment."""

from __future__ import annotations

import os
from functools import partial

from services.gateway.adapters.request_counter import DynamoRequestCounter
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.limits import parse_limits
from services.gateway.wiring.clients import table
from stagekit.clients import client
from stagekit.observe import count


def rate_limiter() -> RateLimiter:
    """LIMITS of this deployment. Times out after 1 s: counting must not delay the request."""
    limits = parse_limits(os.environ.get("LIMITS", ""))
    if not limits:
        return RateLimiter()
    impatient = client("dynamodb", connect=1, read=1)
    return RateLimiter(limits, DynamoRequestCounter(impatient, table()), partial(count, "limits", Uncounted=1))
