"""`config.json`, which lies beside `index.html`: all that the web game must know about where it runs.

Addresses are paths of the page's own origin: the strict content security policy allows no other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from infra.environment import CHAOS, ON
from infra.web.files import File

FILE = "config.json"
LOCAL, STAGE = "/_aws/execute-api", "live"


def config(environment: str, api_path: str, socket_path: str | None, chaos: bool = False) -> File:
    """`api_path` is what comes before `/v1/…`: empty in AWS, where the distribution carries the API itself. `chaos`:
    the page shows what breaks things."""
    content = {"environment": environment, "api_url": api_path, "ws_url": socket_path, "chaos": chaos}
    return File(FILE, (json.dumps(content, indent=2) + "\n").encode())


def local(published: Mapping[str, str]) -> File:
    """On the emulator, whose one port serves both buckets and APIs by path."""
    api, socket = published["gateway/api-id"], published.get("gateway/ws-api-id")
    stage = published.get("gateway/ws-stage", STAGE)
    socket_path = f"{LOCAL}/{socket}/{stage}" if socket else None
    return config("local", f"{LOCAL}/{api}/$default", socket_path, published.get(CHAOS) == ON)


def aws(environment: str, published: Mapping[str, str]) -> File:
    """Behind the distribution."""
    return config(environment, "", f"/{STAGE}", published.get(CHAOS) == ON)
