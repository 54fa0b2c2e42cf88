"""Starting a campaign from another one's past, once per id: three reads and one write, however long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from contracts.campaign import CampaignCreated, ForkCampaign
from contracts.errors import CampaignMissing
from services.campaign.adapters.store import CampaignStore
from services.campaign.application.create import first_answer
from services.campaign.domain.forking import forked, lineage_of
from services.campaign.domain.record import began
from services.campaign.domain.start import commitment
from services.campaign.domain.turn import sheet_of


def fork(request: ForkCampaign, store: CampaignStore, *, seed: Callable[[], bytes], now: datetime) -> CampaignCreated:
    """Start the fork, or answer as it was started first. `seed` draws 32 fresh bytes.

    Only committed turns can be forked from, so a turn in progress is not in the way. Raises CampaignMissing (also when
    the campaign is somebody else's), CannotFork, and KeyReused when the id was taken by another wish.
    """
    parent = store.read(request.origin.campaign_id)
    if parent.owner != request.owner:
        raise CampaignMissing(request.origin.campaign_id)
    lineage = lineage_of(parent.state, parent.lineage, request.origin.turn)
    drawn = seed()
    state = forked(store.after(lineage[-1]), request.envelope.campaign_id, commitment(drawn))
    reply = CampaignCreated(envelope=request.envelope, sheet=sheet_of(state), started_at=now, lineage=lineage)
    if store.create(
        reply,
        owner=request.owner,
        seed=drawn.hex(),
        fingerprint=fingerprint(request),
        events=began(request, state, now, forked_from=lineage[-1]),
    ):
        return reply
    return first_answer(request.envelope, fingerprint(request), store)


def fingerprint(request: ForkCampaign) -> str:
    """What makes two requests the same wish."""
    wish = "\n".join(("fork", request.owner, request.origin.campaign_id, str(request.origin.turn)))
    return sha256(wish.encode()).hexdigest()
