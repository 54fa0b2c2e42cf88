"""Lambda entry point: what the story knows of what an action touches. Kept, so that a retried turn is told the same."""

from __future__ import annotations

from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.chronicle.adapters.chronicle_table import book
from services.chronicle.application.recall import recall
from stagekit.stage import stage


@stage(RecallChronicle, ChronicleRecalled)
def handler(*, request: RecallChronicle) -> ChronicleRecalled:
    return recall(request, book())
