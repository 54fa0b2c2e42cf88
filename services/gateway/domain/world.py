"""What anybody may ask: whether the door is open, and what lies behind it."""

from __future__ import annotations

from contracts.playerapi import World
from services.gateway.domain.exchange import PUBLIC, Answer, Request
from services.gateway.domain.ports import Desk


def health(request: Request, desk: Desk) -> Answer:
    return Answer(200, '{"status":"ok"}')


def world(request: Request, desk: Desk) -> Answer:
    seen = desk.stages.describe_world()
    told = World(**seen.manifest.model_dump(include=set(World.model_fields)), classes=seen.classes, places=seen.places)
    return Answer(200, told.model_dump_json(), cache=PUBLIC)
