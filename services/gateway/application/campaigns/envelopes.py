"""Envelopes of requests outside a turn."""

from __future__ import annotations

from contracts.envelope import CampaignId, Envelope


def make_envelope(campaign_id: CampaignId, step: str, traceparent: str | None) -> Envelope:
    key = f"{campaign_id}/{step}"
    return Envelope(idempotency_key=key, correlation_id=key, campaign_id=campaign_id, traceparent=traceparent)
