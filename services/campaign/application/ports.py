"""Ports of the use cases: what they ask of the campaigns' table. A port of one use case stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from contracts.envelope import Event
from services.campaign.domain.stored import StoredCampaign, VoidedTurn

if TYPE_CHECKING:
    from contracts.campaign import CampaignCreated, TurnCommitted


class CampaignReader(Protocol):
    """Campaigns, to read."""

    def read(self, campaign_id: str) -> StoredCampaign:
        """The campaign now. Raises CampaignMissing."""


class TurnReader(CampaignReader, Protocol):
    """Campaigns and their turns, to read."""

    def turn(self, campaign_id: str, turn_id: str) -> TurnCommitted | VoidedTurn | None:
        """The record of this turn, committed or given up; None when it is still open or was never heard of."""


class CampaignStarter(CampaignReader, Protocol):
    """Campaigns, to start."""

    def first(self, campaign_id: str) -> tuple[CampaignCreated, str] | None:
        """The reply that started the campaign and the fingerprint of its request."""

    def create(
        self, reply: CampaignCreated, *, owner: str, seed: str, fingerprint: str, events: Sequence[Event]
    ) -> bool:
        """Write a new campaign with its first event; False when there is one of this id."""
