"""Starting a campaign from another one's past, once per id: three reads and one write, however long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from contracts.campaign import CampaignCreated
from contracts.envelope import Ancestor
from contracts.errors import CampaignMissing
from contracts.state import CampaignState
from services.campaign.application.first_answer import first_answer
from services.campaign.application.ports import CampaignStarter
from services.campaign.domain.forking import fork_state, lineage_of
from services.campaign.domain.record import start_events
from services.campaign.domain.sheet import sheet_of
from services.campaign.domain.start import commitment

if TYPE_CHECKING:
    from contracts.campaign import ForkCampaign


class ForkStarter(CampaignStarter, Protocol):
    """Campaigns, to fork."""

    def after(self, ancestor: Ancestor) -> CampaignState:
        """The state a turn of this campaign's own led to, or its first one. Raises CampaignMissing."""


def fork(request: ForkCampaign, store: ForkStarter, *, seed: Callable[[], bytes], now: datetime) -> CampaignCreated:
    """Start the fork, or answer as it was started first. `seed` draws 32 fresh bytes.

    Only committed turns can be forked from, so a turn in progress is not in the way. Raises CampaignMissing (also when
    the campaign is somebody else's), CannotFork, and KeyReused when the id was taken by another request.
    """
    parent = store.read(request.origin.campaign_id)
    if parent.owner != request.owner:
        raise CampaignMissing(request.origin.campaign_id)
    lineage = lineage_of(parent.state, parent.lineage, request.origin.turn)
    drawn = seed()
    state = fork_state(store.after(lineage[-1]), request.envelope.campaign_id, commitment(drawn))
    reply = CampaignCreated(
        envelope=request.envelope,
        sheet=sheet_of(state),
        started_at=now,
        lineage=lineage,
        opening=parent.opening,
    )
    if store.create(
        reply,
        owner=request.owner,
        seed=drawn.hex(),
        fingerprint=fingerprint(request),
        events=start_events(request, state, now, forked_from=lineage[-1]),
    ):
        return reply
    return first_answer(request.envelope, fingerprint(request), store)


def fingerprint(request: ForkCampaign) -> str:
    """The hash of what makes two requests the same."""
    parts = "\n".join(("fork", request.owner, request.origin.campaign_id, str(request.origin.turn)))
    return sha256(parts.encode()).hexdigest()
