"""An envelope hands its ids on: to the steps it causes, and to their events."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contracts.envelope import Envelope
from contracts.errors import InvalidRequest
from contracts.lore import LoreRetrievedV1

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26


def envelope(turn_id: str | None = TURN) -> Envelope:
    return Envelope(
        idempotency_key=f"{TURN}/lore",
        correlation_id=TURN,
        campaign_id=CAMPAIGN,
        turn_id=turn_id,
        traceparent="00-trace",
    )


def test_the_metadata_of_an_event_names_its_kind_its_cause_and_its_place():
    metadata = envelope().metadata(LoreRetrievedV1, event_id="e", now=NOW, stream=f"campaign/{CAMPAIGN}", sequence=3)

    assert metadata.model_dump() == {
        "event_id": "e",
        "schema_version": LoreRetrievedV1.schema_version,
        "occurred_at": NOW,
        "producer": "ninelives.lore",
        "correlation_id": TURN,
        "causation_id": f"{TURN}/lore",
        "idempotency_key": f"{TURN}/lore",
        "campaign_id": CAMPAIGN,
        "turn_id": TURN,
        "stream": f"campaign/{CAMPAIGN}",
        "sequence": 3,
        "traceparent": "00-trace",
    }


def test_the_cause_may_be_another_step():
    caused = envelope().metadata(LoreRetrievedV1, event_id="e", now=NOW, stream="s", causation_id=TURN)

    assert (caused.causation_id, caused.idempotency_key, caused.sequence) == (TURN, f"{TURN}/lore", None)


def test_the_turn_of_an_envelope_outside_a_turn_is_a_bug_of_the_sender():
    assert envelope().turn == TURN
    with pytest.raises(InvalidRequest, match="needs turn_id"):
        _ = envelope(turn_id=None).turn
