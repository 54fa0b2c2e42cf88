"""Events as they come from the bus."""

from __future__ import annotations

import json
from typing import Any

from contracts.envelope import EventMetadata
from services.audit.domain.entry import AuditEntry, entry_of

CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26
STREAM = f"campaign/{CAMPAIGN}"
KIND, SOURCE = "Whatever.v7", "ninelives.campaign"


def metadata(sequence: int | None, **other: Any) -> dict[str, Any]:
    """Of the fact with this sequence; of progress without one. `other` replaces fields."""
    return {
        "event_id": f"{STREAM}/{sequence}",
        "schema_version": "1.0",
        "occurred_at": "2026-01-01T00:00:00Z",
        "producer": SOURCE,
        "correlation_id": TURN,
        "causation_id": TURN,
        "idempotency_key": f"{TURN}/{sequence}",
        "campaign_id": CAMPAIGN,
        "turn_id": TURN,
        "stream": STREAM if sequence else f"progress/{TURN}",
        "sequence": sequence,
        **other,
    }


def entry(sequence: int | None, data: dict[str, Any] | None = None, **other: Any) -> AuditEntry:
    return entry_of(SOURCE, KIND, EventMetadata.model_validate(metadata(sequence, **other)), data or {})


def body(sequence: int | None, data: dict[str, Any] | None = None, **other: Any) -> str:
    """The message of the audit's queue that delivers it."""
    detail = {"metadata": metadata(sequence, **other), "data": data or {}}
    return json.dumps({"source": SOURCE, "detail-type": KIND, "detail": detail})
