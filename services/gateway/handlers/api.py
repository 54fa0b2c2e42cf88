"""The player API: one function behind the HTTP API."""

from __future__ import annotations

from typing import Any

from contracts.errors import Retryable
from services.gateway.adapters.desk import desk
from services.gateway.adapters.http_api import request_of, response_of
from services.gateway.domain import problems
from services.gateway.domain.exchange import Answer
from services.gateway.domain.routes import serve
from stagekit.failures import named
from stagekit.observe import logger, observed


def _answer(event: dict[str, Any]) -> Answer:
    try:
        with observed("api", {"route": event.get("routeKey")}):
            return serve(request_of(event), desk(logger().warning))
    except Exception as error:
        passing = isinstance(named(error), Retryable)
        logger().error("not served", exc_info=not passing)
        return (problems.unavailable() if passing else problems.internal()).answer()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return response_of(_answer(event))
