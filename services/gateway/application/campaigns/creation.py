"""How a campaign comes to a player, new or forked: once per Idempotency-Key, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable

from contracts.campaign import CampaignCreated, CampaignViewed
from contracts.envelope import CampaignId
from contracts.errors import Transient
from contracts.playerapi import Campaign
from services.gateway.application.ports import Desk
from services.gateway.domain.records import Gate, KeyRecord
from services.gateway.http import problems
from services.gateway.http.exchange import Answer, Request


def once(request: Request, desk: Desk, key: str, fingerprint: str, begin: Callable[[], Campaign]) -> Answer:
    """The campaign that `begin` starts, with a gate of its own; the original answer when the key has one.

    `begin` must give the same campaign for the same key: whoever crashes between both steps is helped by repeating.
    """
    known = desk.ledger.key(request.player, key)
    if known:
        return _replayed(known, fingerprint)
    campaign = begin()
    record = KeyRecord(fingerprint, campaign.model_dump_json(), campaign.version)
    if desk.ledger.register(Gate(campaign.id, request.player, turns_resolved=campaign.turn), key, record):
        return _answer(record, campaign.id)
    first = desk.ledger.key(request.player, key)
    if first is None:
        raise Transient("the campaign is registered and its key is not")
    return _replayed(first, fingerprint)


def shown(seen: CampaignViewed | CampaignCreated, active_turn: str | None = None) -> Campaign:
    """The campaign as its player reads it."""
    sheet = seen.sheet
    return Campaign(
        id=sheet.state.campaign_id,
        status=sheet.state.status,
        turn=sheet.state.turn,
        version=sheet.state.version,
        active_turn=active_turn,
        sheet=sheet,
        started_at=seen.started_at,
        forked_from=seen.lineage[-1] if seen.lineage else None,
    )


def _replayed(known: KeyRecord, fingerprint: str) -> Answer:
    if known.fingerprint != fingerprint or known.answer is None:
        raise problems.key_reused()
    campaign = Campaign.model_validate_json(known.answer)
    return _answer(known, campaign.id).with_headers({"Idempotency-Replayed": "true"})


def _answer(record: KeyRecord, campaign_id: CampaignId) -> Answer:
    headers = {"Location": problems.campaign_url(campaign_id), "ETag": f'"v{record.version}"'}
    return Answer(201, record.answer, headers)
