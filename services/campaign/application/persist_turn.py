"""The commit point of a turn, and giving one up. Whichever writes the turn's record first wins for good."""

from __future__ import annotations

from datetime import datetime

from contracts.campaign import PersistCampaign, TurnCommitted, TurnVoided, VoidTurn
from contracts.envelope import Envelope
from contracts.errors import CampaignOver, InvalidRequest, Transient, TurnSuperseded, TurnWasVoided
from services.campaign.adapters.store import CampaignStore, Voided
from services.campaign.domain.record import resolved
from services.campaign.domain.turn import committed, play_out


def persist(request: PersistCampaign, store: CampaignStore, now: datetime) -> TurnCommitted:
    """Commit the turn whole, or answer as it was committed first.

    Raises TurnWasVoided when it was given up, TurnSuperseded when another turn was committed on its base version,
    CampaignMissing, CampaignOver, and Transient when another writer was in the way and nothing was written.
    """
    _turn_id(request.envelope)
    base = store.read(request.envelope.campaign_id)
    if base.state.version != request.base_version:
        return _first_answer(request, store)
    if base.state.status == "ended":
        raise CampaignOver(request.envelope.campaign_id)
    played = play_out(base.state, request.outcomes)
    turn = committed(request, played, now)
    events = resolved(request, played, owner=base.owner, seed=base.seed, sequence=base.sequence + 1, now=now)
    return turn if store.commit(turn, request.action, base, events) else _first_answer(request, store)


def void(request: VoidTurn, store: CampaignStore) -> TurnVoided:
    """Give the turn up for good. `committed` is the turn when it was too late for that."""
    turn_id = _turn_id(request.envelope)
    first = store.void(request.envelope.campaign_id, turn_id, request.reason)
    return TurnVoided(envelope=request.envelope, committed=first)


def _first_answer(request: PersistCampaign, store: CampaignStore) -> TurnCommitted:
    """Why this commit wrote nothing: what became of the turn, or of the version it was played on."""
    campaign_id, turn_id = request.envelope.campaign_id, _turn_id(request.envelope)
    record = store.turn(campaign_id, turn_id)
    if isinstance(record, TurnCommitted):
        return record
    if isinstance(record, Voided):
        raise TurnWasVoided(record.reason)
    version = store.read(campaign_id).state.version
    if version != request.base_version:
        raise TurnSuperseded(f"opened on version {request.base_version}, now {version}")
    raise Transient("another writer was in the way")


def _turn_id(envelope: Envelope) -> str:
    if envelope.turn_id is None:
        raise InvalidRequest("a turn needs its id")
    return envelope.turn_id
