"""Dependencies of the live side. Cached per container; reads the environment on the first call."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.tickets import DynamoTickets
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.application.live.ports import LiveDependencies
from services.gateway.wiring.clients import now, table
from services.gateway.wiring.sending import sender
from services.gateway.wiring.websocket import socket_url
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@cache
def live_dependencies() -> LiveDependencies:
    dynamodb = _dynamodb()
    return LiveDependencies(
        turns=DynamoTurnRepository(dynamodb, table()),
        feed=DynamoFeed(dynamodb, table(), time.sleep),
        tickets=DynamoTickets(dynamodb, table(), socket_url()),
        connections=DynamoConnections(dynamodb, table()),
        sender=sender(),
        now=now,
    )


@cache
def _dynamodb() -> DynamoDBClient:
    return client("dynamodb", connect=1, tries=3)
