"""Lambda entry point: what the story knows of what an action touches. Kept, so that a retried turn is told the same."""

from __future__ import annotations

from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.chronicle.application.recall import recall
from services.chronicle.wiring import chronicle
from stagekit.stage import Keeps, stage


@stage(RecallChronicle, ChronicleRecalled, keeps=Keeps.FIRST_ANSWER)
def handler(*, request: RecallChronicle) -> ChronicleRecalled:
    return recall(request, chronicle())
