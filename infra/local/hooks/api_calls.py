"""A call of AWS goes to its service at once: an SDK names the operation, and has one path for all of them.

The emulator first looks for addresses of its own, of load balancers, buckets, distributions and fifteen others, in
every request: a tenth of what a call costs. None of them is at `/` of a loopback name with an operation in
`X-Amz-Target`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from ministack import app

from infra.local.hooks.surface import wrap

LOOPBACK = ("127.0.0.1:", "localhost:")
Handle = Callable[..., Coroutine[Any, Any, Any]]


def is_call(path: str, headers: Mapping[str, str]) -> bool:
    """Whether this is what an SDK sends to a service whose operations are named in a header."""
    return path == "/" and "x-amz-target" in headers and headers.get("host", "").startswith(LOOPBACK)


def _passing_calls(original: Handle) -> Handle:
    """For what is asked (method, path, headers, …)."""

    async def handle(method: str, path: str, headers: Mapping[str, str], *more: Any, **named: Any) -> Any:
        if method == "POST" and is_call(path, headers):
            return None
        return await original(method, path, headers, *more, **named)

    return handle


def install() -> None:
    for name in ("_handle_pre_body_request", "_handle_post_body_shortcuts", "_handle_special_data_plane_request"):
        wrap(app, name, _passing_calls)
