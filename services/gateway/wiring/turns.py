"""The repository of turns, once per container, the days whose money is spent, and a player's share of one."""

from __future__ import annotations

import os
from datetime import date
from functools import cache

from services.gateway.adapters.spending import mark_spent
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain.purses import Share
from services.gateway.wiring.clients import dynamodb, now, table


@cache
def turn_repository() -> DynamoTurnRepository:
    today = (lambda: now().date()) if os.environ.get("DAY_CEILING") == "1" else None
    return DynamoTurnRepository(dynamodb(), table(), today)


def mark_spent_day(day: date) -> None:
    """Whoever is admitted on this day from now on is told by the understudy."""
    mark_spent(dynamodb(), table(), day)


def player_share() -> Share | None:
    """What one player may have of a day's money; None: all of it."""
    share = Share(*(int(os.environ.get(name) or 0) for name in ("DAY_SHARE_MICRO_DOLLARS", "DAY_SHARE_TOKENS")))
    return share if share.micro_dollars or share.tokens else None
