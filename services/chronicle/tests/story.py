"""Turns to remember, in the shape the campaign announces them, and questions to ask of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from contracts.campaign import FactRecord, TurnResolvedData, TurnTotals
from contracts.canon import EntityRef
from contracts.chronicle import RecallChronicle
from contracts.envelope import Envelope

CAMPAIGN, OTHER = "c_" + "a" * 26, "c_" + "d" * 26
TURN = "t_" + "b" * 26
TOLD = datetime(2026, 1, 1, tzinfo=UTC)
DOCK = EntityRef(id="fish-dock", name="Fish Dock")
MAGS = EntityRef(id="old-mags", name="Old Mags")
TOTALS = TurnTotals(
    tool_calls=1, refusals=0, rolls=1, model_calls=0, input_tokens=0, output_tokens=0, cached_tokens=0,
    micro_dollars=0, repairs=0,
)  # fmt: skip


def fact(text: str, *about: str) -> FactRecord:
    return FactRecord(text=text, about=about)


def turn(number: int, *facts: FactRecord) -> TurnResolvedData:
    return TurnResolvedData(
        number=number, version=number + 1, owner="owner", told_by="understudy", totals=TOTALS, facts=facts,
        place=DOCK, level=1, lives=9, status="active", state_hash="0" * 64,
    )  # fmt: skip


def event(number: int, *facts: FactRecord, campaign: str = CAMPAIGN) -> str:
    """The turn as it arrives in the queue."""
    metadata = {
        "event_id": f"campaign/{campaign}/{number + 1}",
        "schema_version": "1.0",
        "occurred_at": TOLD.isoformat(),
        "producer": "ninelives.campaign",
        "correlation_id": TURN,
        "causation_id": f"{TURN}/persist",
        "idempotency_key": f"{TURN}/persist",
        "campaign_id": campaign,
        "turn_id": TURN,
        "stream": f"campaign/{campaign}",
        "sequence": number + 1,
    }
    detail = {"metadata": metadata, "data": turn(number, *facts).model_dump(mode="json")}
    return json.dumps({"source": "ninelives.campaign", "detail-type": "TurnResolved.v1", "detail": detail})


def question(
    action: str, *present: EntityRef, before: int = 1000, campaign: str = CAMPAIGN, step: str = "recall"
) -> RecallChronicle:
    envelope = Envelope(idempotency_key=f"{TURN}/{step}", correlation_id=TURN, campaign_id=campaign, turn_id=TURN)
    return RecallChronicle(envelope=envelope, action=action, present=present, before_turn=before)


def records(*bodies: str) -> dict[str, Any]:
    return {"Records": [{"messageId": str(i), "body": b, "eventSource": "aws:sqs"} for i, b in enumerate(bodies)]}
