"""What anybody may ask: whether the door is open, and what lies behind it."""

from __future__ import annotations

from typing import Literal

from contracts.envelope import Value
from contracts.playerapi import World
from services.gateway.application.ports import Desk
from services.gateway.http.exchange import PUBLIC, Answer, Request
from services.gateway.http.operations import Operation, Told, operation


class Health(Value):
    """The door is open."""

    status: Literal["ok"] = "ok"


@operation(Operation(id="world.health", tag="world", answers={200: Told(Health)}))
def health(request: Request, desk: Desk) -> Answer:
    """Whether anybody is at the door. Asks nobody else."""
    return Answer(200, Health().model_dump_json())


@operation(Operation(id="world.world", tag="world", answers={200: Told(World)}))
def world(request: Request, desk: Desk) -> Answer:
    """The world that is played here: its classes, its places, its tone."""
    seen = desk.stages.describe_world()
    told = World(**seen.manifest.model_dump(include=set(World.model_fields)), classes=seen.classes, places=seen.places)
    return Answer(200, told.model_dump_json(), cache=PUBLIC)
