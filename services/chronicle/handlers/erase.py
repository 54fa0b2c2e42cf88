"""Lambda entry point: erase what was filed of a campaign."""

from __future__ import annotations

from contracts.chronicle import ChronicleErased, EraseChronicle
from services.chronicle.application.erase import erase
from services.chronicle.wiring import chronicle_eraser
from stagekit.stage import Keeps, stage


@stage(EraseChronicle, ChronicleErased, keeps=Keeps.NOTHING)
def handler(*, request: EraseChronicle) -> ChronicleErased:
    more = erase(request.envelope.campaign_id, request.about, chronicle_eraser())
    return ChronicleErased(envelope=request.envelope, more=more)
