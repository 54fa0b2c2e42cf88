"""The commit point of a turn. Whoever writes the turn's record first, this or `void_turn`, wins for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from contracts.campaign import TurnCommitted
from contracts.envelope import Event
from contracts.errors import CampaignOver, Transient, TurnSuperseded, TurnWasVoided
from services.campaign.application.ports import TurnReader
from services.campaign.domain.record import headline_of, turn_events
from services.campaign.domain.stored import StoredCampaign, VoidedTurn
from services.campaign.domain.turn import commit_reply, play_out

if TYPE_CHECKING:
    from contracts.campaign import PersistCampaign, TurnBase


class TurnCommitter(TurnReader, Protocol):
    """Campaigns, to commit turns of."""

    def restore(self, base: TurnBase) -> StoredCampaign:
        """The campaign as it was stored when a turn was opened on it."""

    def commit(self, turn: TurnCommitted, action: str, base: StoredCampaign, events: Sequence[Event]) -> bool:
        """Write a turn whole with its events; False when the campaign or the turn is not as it was read any more."""


def persist_turn(request: PersistCampaign, store: TurnCommitter, now: datetime) -> TurnCommitted:
    """Commit the turn whole, or answer as it was committed first.

    Raises TurnWasVoided when it was given up, TurnSuperseded when another turn was committed on its base version,
    CampaignMissing, CampaignOver, and Transient when another writer was in the way and nothing was written.
    """
    opened_on = store.restore(request.base) if request.base else None
    if opened_on and (turn := _commit(request, opened_on, store, now)):
        return turn
    base = store.read(request.envelope.campaign_id)
    return _commit(request, base, store, now) or _first_answer(request, request.envelope.turn, store)


def _commit(
    request: PersistCampaign, base: StoredCampaign, store: TurnCommitter, now: datetime
) -> TurnCommitted | None:
    """The turn, when it was written: then this base was what is stored, and the one the turn was played on."""
    if (base.state.campaign_id, base.state.version) != (request.envelope.campaign_id, request.base_version):
        return None
    if base.state.status == "ended":
        raise CampaignOver(request.envelope.campaign_id)
    played = play_out(base.state, request.outcomes)
    events = turn_events(request, played, owner=base.owner, seed=base.seed, sequence=base.sequence + 1, now=now)
    turn = commit_reply(request, played, now, headline_of(events[0]))
    return turn if store.commit(turn, request.action, base, events) else None


def _first_answer(request: PersistCampaign, turn_id: str, store: TurnCommitter) -> TurnCommitted:
    """Returns the turn when it was committed before; else raises the reason why this commit wrote nothing:
    TurnWasVoided, TurnSuperseded, or Transient."""
    campaign_id = request.envelope.campaign_id
    record = store.turn(campaign_id, turn_id)
    if isinstance(record, TurnCommitted):
        return record
    if isinstance(record, VoidedTurn):
        raise TurnWasVoided(record.reason)
    version = store.read(campaign_id).state.version
    if version != request.base_version:
        raise TurnSuperseded(f"opened on version {request.base_version}, now {version}")
    raise Transient("another writer was in the way")
