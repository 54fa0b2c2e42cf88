"""The repository of turns, once per container, and the days whose money is spent."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from services.gateway.adapters.spending import mark_spent
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.wiring.clients import dynamodb, now, table

if TYPE_CHECKING:
    from services.gateway.adapters.purses import DynamoPurses


@cache
def turn_repository(purses: DynamoPurses | None = None) -> DynamoTurnRepository:
    today = (lambda: now().date()) if os.environ.get("DAY_CEILING") == "1" else None
    return DynamoTurnRepository(dynamodb(), table(), today, purses)


def mark_spent_day(day: date) -> None:
    """Mark a day as spent: whoever is admitted on it from now on is told by the understudy."""
    mark_spent(dynamodb(), table(), day)
