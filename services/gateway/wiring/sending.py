"""The way to who is connected, once per container."""

from __future__ import annotations

from functools import cache, partial

from services.gateway.adapters.websocket_sender import WebSocketSender
from services.gateway.application.live.ports import Tell
from services.gateway.application.live.pushing import tell
from services.gateway.wiring.clients import warn
from services.gateway.wiring.management import management


@cache
def sender() -> WebSocketSender:
    return WebSocketSender(lambda: management(), warn)


@cache
def telling() -> Tell:
    return partial(tell, sender=sender())
