"""The emulator is served by uvicorn, whose parser is C, on an event loop that is C, too: a request costs it a third.

The emulator's own server takes longer for a small request than DynamoDB's handler behind it, and a turn sends thirty.
Nothing else changes: the same application, addresses and order of a stop. Requests in flight are waited for, then state
is saved.
"""

from __future__ import annotations

import asyncio
from typing import Any

import hypercorn.asyncio
import uvicorn
import uvloop
from ministack import app
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol

from infra.local.hooks.surface import need, wrap

IN_FLIGHT = 3  # seconds that requests may take to end when the cloud is stopped, as before


class WholeTarget(HttpToolsProtocol):
    """A target that names a host of its own is told to the application as it came, which refuses it: uvicorn would drop
    that host and look at the header alone."""

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        if not self.url.startswith(b"/"):
            self.scope["path"] = self.url.decode("latin-1")


class WholeConnection(WSProtocol):
    """A client that leaves while it is let in has been let in, and leaves: $disconnect follows $connect. uvicorn would
    end the application at its acceptance instead."""

    async def send(self, message: Any) -> None:
        try:
            await super().send(message)
        except ClientDisconnected:
            if message["type"] != "websocket.accept":
                raise


async def serve(application: Any, config: Any) -> None:
    """Serve by uvicorn what the emulator asks of hypercorn."""
    host, _, port = config.bind[0].rpartition(":")
    await uvicorn.Server(
        uvicorn.Config(
            application,
            host=host,
            port=int(port),
            http=WholeTarget,
            ws=WholeConnection,
            ws_ping_interval=None,
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=config.keep_alive_timeout,
            timeout_graceful_shutdown=IN_FLIGHT,
        )
    ).serve()


def install() -> None:
    need(app, "main")
    need(HttpToolsProtocol, "on_headers_complete")
    need(WSProtocol, "send")
    wrap(hypercorn.asyncio, "serve", lambda original: serve)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
