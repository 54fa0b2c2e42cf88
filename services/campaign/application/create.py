"""Starting a campaign, once per id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from contracts.campaign import CampaignCreated, CreateCampaign
from contracts.envelope import Envelope
from contracts.errors import KeyReused, Transient
from services.campaign.adapters.store import CampaignStore
from services.campaign.domain.record import began
from services.campaign.domain.start import commitment, start
from services.campaign.domain.turn import sheet_of


def create(
    request: CreateCampaign, store: CampaignStore, *, seed: Callable[[], bytes], now: datetime
) -> CampaignCreated:
    """Start the campaign, or answer as it was started first.

    `seed` draws 32 fresh bytes. Raises KeyReused when the id was taken by another owner, name, class or world,
    InvalidRequest when the class cannot start with its things.
    """
    drawn = seed()
    state = start(request, commitment(drawn))
    reply = CampaignCreated(envelope=request.envelope, sheet=sheet_of(state), started_at=now)
    if store.create(
        reply,
        owner=request.owner,
        seed=drawn.hex(),
        fingerprint=fingerprint(request),
        events=began(request, state, now),
    ):
        return reply
    return first_answer(request.envelope, fingerprint(request), store)


def first_answer(envelope: Envelope, fingerprint: str, store: CampaignStore) -> CampaignCreated:
    """How the campaign that has this id already was started. Raises KeyReused when it was another wish."""
    first = store.first(envelope.campaign_id)
    if first is None:
        raise Transient("the campaign was being written")
    if first[1] != fingerprint:
        raise KeyReused(envelope.campaign_id)
    return first[0]


def fingerprint(request: CreateCampaign) -> str:
    """What makes two requests the same wish. A world pack deployed between two tries does not make another one."""
    wish = "\n".join((request.owner, request.cat.id, request.world.id, request.name))
    return sha256(wish.encode()).hexdigest()
