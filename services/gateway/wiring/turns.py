"""The repository of turns, once per container."""

from __future__ import annotations

from functools import cache

from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.wiring.clients import dynamodb, table


@cache
def turn_repository() -> DynamoTurnRepository:
    return DynamoTurnRepository(dynamodb(), table())
