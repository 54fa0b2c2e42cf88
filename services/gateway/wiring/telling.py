"""The way to who is connected, once per container."""

from __future__ import annotations

from functools import cache, partial

from services.gateway.adapters.websocket_sender import ManagementClient, WebSocketSender
from services.gateway.application.live.ports import Tell
from services.gateway.application.live.pushing import tell
from services.gateway.wiring.clients import warn
from services.gateway.wiring.websocket import management_url
from stagekit.clients import client


@cache
def sender() -> WebSocketSender:
    return WebSocketSender(lambda: management(), warn)


@cache
def management() -> ManagementClient:
    """A client that waits for nobody: a push is a hint."""
    made: ManagementClient = client(
        "apigatewaymanagementapi", connect=1, read=1, tries=1, endpoint_url=management_url()
    )
    return made


@cache
def telling() -> Tell:
    return partial(tell, sender=sender())
