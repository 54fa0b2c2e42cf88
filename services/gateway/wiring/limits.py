"""The rate limiter of this deployment."""

from __future__ import annotations

import os
from functools import partial

import boto3

from services.gateway.adapters.request_counter import DynamoRequestCounter
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.domain.limits import parse_limits
from services.gateway.wiring.clients import make_config, table
from stagekit.observe import count


def rate_limiter() -> RateLimiter:
    """LIMITS of this deployment. Times out after 1 s: counting must not delay the request."""
    limits = parse_limits(os.environ.get("LIMITS", ""))
    if not limits:
        return RateLimiter()
    client = boto3.client("dynamodb", config=make_config(1, connect=1, tries=2))
    return RateLimiter(limits, DynamoRequestCounter(client, table()), partial(count, "limits", Uncounted=1))
