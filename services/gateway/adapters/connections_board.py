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

from services.gateway.adapters.connections import DynamoConnections, DynamoTickets
from services.gateway.adapters.connections_line import ManagementClient, ManagementLine
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.ledger import DynamoLedger
from services.gateway.domain.socket_ports import Switchboard
from stagekit import clients

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
    client: ManagementClient = clients.client(
        "apigatewaymanagementapi", connect=1, read=1, tries=1, endpoint_url=endpoint()
    )
    return client


@cache
def _dynamodb() -> DynamoDBClient:
    return clients.client("dynamodb", connect=1, tries=3)
