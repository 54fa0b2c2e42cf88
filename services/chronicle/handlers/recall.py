"""Lambda entry point: what the story knows of what an action touches. Nothing is kept: whose step rests on it, the game
master's, gives its first reply again whatever was recalled."""

from __future__ import annotations

from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.chronicle.application.recall import recall
from services.chronicle.wiring import chronicle
from stagekit.stage import Keeps, stage


@stage(RecallChronicle, ChronicleRecalled, keeps=Keeps.NOTHING)
def handler(*, request: RecallChronicle) -> ChronicleRecalled:
    return recall(request, chronicle())
