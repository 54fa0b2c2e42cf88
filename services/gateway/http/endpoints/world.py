"""Endpoints open to anybody: whether the API is up, and the world that is played."""

from __future__ import annotations

from typing import Literal

from contracts.envelope import Value
from contracts.playerapi import World
from services.gateway.application.campaigns import reading
from services.gateway.application.ports import PlayerDependencies
from services.gateway.http.exchange import PUBLIC, HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation


class Health(Value):
    """The API is up."""

    status: Literal["ok"] = "ok"


@operation(Operation(id="world.health", tag="world", answers={200: SuccessResponse(Health)}))
def report_health(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """Whether the API is up. Asks nobody else."""
    return HttpResponse(200, Health().model_dump_json())


@operation(Operation(id="world.world", tag="world", answers={200: SuccessResponse(World)}))
def show_world(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """The world that is played here: its classes, its places, its tone."""
    return HttpResponse(200, reading.describe_world(deps).model_dump_json(), cache=PUBLIC)
