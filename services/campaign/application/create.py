"""Starting a campaign, once per id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from contracts.campaign import CampaignCreated
from services.campaign.application.first_answer import first_answer
from services.campaign.application.ports import CampaignStarter
from services.campaign.domain.record import start_events
from services.campaign.domain.sheet import sheet_of
from services.campaign.domain.start import commitment, start

if TYPE_CHECKING:
    from contracts.campaign import CreateCampaign


def create(
    request: CreateCampaign, store: CampaignStarter, *, seed: Callable[[], bytes], now: datetime
) -> CampaignCreated:
    """Start the campaign, or answer as it was started first.

    `seed` draws 32 fresh bytes. Raises KeyReused when the id was taken by another owner, name, class or world,
    InvalidRequest when the class cannot start with its things.
    """
    drawn = seed()
    state = start(request, commitment(drawn))
    opening = request.world.opening
    reply = CampaignCreated(envelope=request.envelope, sheet=sheet_of(state), started_at=now, opening=opening)
    if store.create(
        reply,
        owner=request.owner,
        seed=drawn.hex(),
        fingerprint=fingerprint(request),
        events=start_events(request, state, now),
    ):
        return reply
    return first_answer(request.envelope, fingerprint(request), store)


def fingerprint(request: CreateCampaign) -> str:
    """The hash of what makes two requests the same. A world pack deployed between two tries does not count."""
    parts = "\n".join(filter(None, (request.owner, request.cat.id, request.world.id, request.name, request.content)))
    return sha256(parts.encode()).hexdigest()
