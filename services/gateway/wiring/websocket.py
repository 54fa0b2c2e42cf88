"""Addresses of the WebSocket.

`WEBSOCKET_ENDPOINT` is the address of the WebSocket stage's management API. Without a host it is a path on
AWS_ENDPOINT_URL: on a local cloud all of AWS is behind one address, which is known only once it runs.
"""

from __future__ import annotations

import os
from urllib.parse import urljoin


def management_url() -> str:
    """The address at which connections are managed, `https://…`."""
    return urljoin(os.environ.get("AWS_ENDPOINT_URL", ""), os.environ.get("WEBSOCKET_ENDPOINT", ""))


def socket_url() -> str:
    """The address to which clients connect, `wss://…`."""
    return f"ws{management_url().removeprefix('http')}"
