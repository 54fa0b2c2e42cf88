"""The player API: one function behind the HTTP API."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.gateway.http import problems
from services.gateway.http.api_gateway import request_of, response_of
from services.gateway.http.exchange import Answer
from services.gateway.http.routes import serve
from services.gateway.wiring.player import desk
from stagekit.failures import passing, whereabouts
from stagekit.observe import count, logger, observed

UNCOUNTED = partial(count, "limits", Uncounted=1)


def _answer(event: dict[str, Any]) -> Answer:
    try:
        with observed("api", {"route": event.get("routeKey")}):
            return serve(request_of(event), desk(logger().warning, UNCOUNTED))
    except Exception as error:
        logger().error("not served", extra=whereabouts(error))
        return (problems.unavailable() if passing(error) else problems.internal()).answer()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return response_of(_answer(event))
