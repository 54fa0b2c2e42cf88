"""Digests are chained and kept for good: an event that comes again must have the digest it was filed with."""

from __future__ import annotations

from contracts.envelope import EventMetadata
from services.audit.domain.entry import entry_of

METADATA = EventMetadata(
    event_id="campaign/c_x/7",
    schema_version="1.0",
    occurred_at="2026-01-01T00:00:00Z",
    producer="ninelives.campaign",
    correlation_id="t",
    causation_id="t",
    idempotency_key="t",
    campaign_id="c_" + "a" * 26,
    stream="campaign/c_x",
    sequence=7,
)


def test_an_event_is_filed_in_the_words_and_with_the_digest_it_always_had():
    filed = entry_of("ninelives.campaign", "TurnResolved.v1", METADATA, {"b": 1.5, "a": "Mägs 🐈", "big": 1e22})

    assert filed.detail.startswith('{"data":{"a":"Mägs 🐈","b":1.5,"big":1e+22},"metadata":{"campaign_id":"c_aa')
    assert filed.digest == "ab11f879fbb8fb2187d559808b9c5c7d2121426553cfb094fe9ac3f75a593088"
