"""Guests, accounts and sessions: the one function that may talk to the pool of players."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.gateway.adapters.http_api import request_of, response_of
from services.gateway.adapters.reception import reception
from services.gateway.domain import problems
from services.gateway.domain.exchange import Answer
from services.gateway.domain.routes import serve
from stagekit.failures import error_location, is_passing
from stagekit.observe import count, logger, observed

UNCOUNTED = partial(count, "limits", Uncounted=1)


def _answer(event: dict[str, Any]) -> Answer:
    try:
        with observed("accounts", {"route": event.get("routeKey")}):
            return serve(request_of(event), reception(logger().warning, UNCOUNTED))
    except Exception as error:
        logger().error("not served", extra=error_location(error))
        return (problems.unavailable() if is_passing(error) else problems.internal()).answer()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return response_of(_answer(event))
