"""The client that reaches connections, once per container."""

from __future__ import annotations

from functools import cache

from services.gateway.adapters.websocket_sender import ManagementClient
from services.gateway.wiring.websocket import management_url
from stagekit.clients import client


@cache
def management() -> ManagementClient:
    """A client with time limits of 1 s and a single try: a push is a hint, and nobody waits for it."""
    made: ManagementClient = client(
        "apigatewaymanagementapi", connect=1, read=1, tries=1, endpoint_url=management_url()
    )
    return made
