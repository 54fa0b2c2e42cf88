"""Lambda handlers behind the HTTP API."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from services.gateway.http import problems
from services.gateway.http.api_gateway import parse_request, render_response
from services.gateway.http.exchange import HttpResponse
from services.gateway.http.routing import Router
from stagekit.failures import error_location, is_passing
from stagekit.observe import logger, observe

Dependencies = TypeVar("Dependencies")
LambdaHandler = Callable[[dict[str, Any], Any], dict[str, Any]]


def http_handler(
    function: str, router: Router[Dependencies], dependencies: Callable[[], Dependencies]
) -> LambdaHandler:
    """The handler that serves these routes. A failure of ours is logged by type and place, and is a 503 or a 500."""

    def answer(event: dict[str, Any]) -> HttpResponse:
        try:
            with observe(function, {"route": event.get("routeKey")}):
                return router.serve(parse_request(event, os.environ), dependencies())
        except Exception as error:
            logger().error("not served", extra=error_location(error))
            return (problems.UNAVAILABLE if is_passing(error) else problems.INTERNAL).error().response()

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        return render_response(answer(event))

    return handler
