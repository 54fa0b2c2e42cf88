"""The switchboard of this container: clients made once, configuration read on first use.

`WEBSOCKET_ENDPOINT` is the address of the WebSocket stage's management API. Without a host it is a path on
AWS_ENDPOINT_URL: on a local cloud all of AWS lives behind one address, which is known only once it runs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import boto3
from botocore.config import Config

from services.gateway.adapters.connections import DynamoConnections, DynamoTickets
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.turn_repository import DynamoLedger
from services.gateway.adapters.websocket_sender import ManagementClient, ManagementLine
from services.gateway.application.live.ports import Switchboard

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def endpoint() -> str:
    """Where connections are managed, `https://…`."""
    return urljoin(os.environ.get("AWS_ENDPOINT_URL", ""), os.environ.get("WEBSOCKET_ENDPOINT", ""))


def socket_url() -> str:
    """Where clients connect, `wss://…`."""
    return f"ws{endpoint().removeprefix('http')}"


@cache
def switchboard(notice: Callable[[str], None]) -> Switchboard:
    dynamodb, table = _dynamodb(), os.environ["GATEWAY_TABLE"]
    ledger = DynamoLedger(dynamodb, table)
    return Switchboard(
        gates=ledger,
        turns=ledger,
        feed=DynamoFeed(dynamodb, table, time.sleep),
        tickets=DynamoTickets(dynamodb, table, socket_url()),
        connections=DynamoConnections(dynamodb, table),
        line=ManagementLine(_management, notice),
        now=lambda: datetime.now(UTC),
    )


@cache
def _management() -> ManagementClient:
    config = _config(1, tries=1)
    client: ManagementClient = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint(), config=config)
    return client


@cache
def _dynamodb() -> DynamoDBClient:
    return boto3.client("dynamodb", config=_config(3, tries=3))


def _config(read_timeout: int, tries: int) -> Config:
    retries = {"total_max_attempts": tries, "mode": "standard"}
    return Config(connect_timeout=1, read_timeout=read_timeout, retries=retries)  # type: ignore[arg-type]
