"""Stand-ins for what lies outside the gateway: small, honest, and remembering what they were asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from contracts.campaign import (
    CampaignCreated,
    CampaignListed,
    CampaignViewed,
    CreateCampaign,
    DiceListed,
    ListCampaigns,
    ListDice,
    TurnCommitted,
    TurnVoided,
    ViewCampaign,
    VoidTurn,
)
from contracts.errors import CampaignMissing, KeyReused
from contracts.gateway import FailTurn, PlayTurn
from contracts.lore import WorldDescribed
from services.gateway.domain.ports import NotStarted
from services.gateway.tests import scenery


class Clock:
    """Time that passes only when somebody waits, or when a test says so."""

    def __init__(self) -> None:
        self.time = scenery.NOW

    def now(self) -> datetime:
        return self.time

    def pause(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Workflow:
    """Records its turns. `plays` is what happens to a turn while the caller waits; True when it ended in time."""

    def __init__(self) -> None:
        self.started: list[PlayTurn] = []
        self.waits: list[int] = []
        self.down = False
        self.plays: Callable[[PlayTurn], bool] = lambda turn: False

    def start(self, turn: PlayTurn) -> None:
        if self.down:
            raise NotStarted("down")
        self.started.append(turn)

    def play(self, turn: PlayTurn, seconds: int) -> bool:
        self.start(turn)
        self.waits.append(seconds)
        return self.plays(turn)


class Stages:
    """The other services: one world, campaigns by id, turns that were committed."""

    def __init__(self) -> None:
        self.campaigns: dict[str, CreateCampaign] = {}
        self.listings: list[ListCampaigns] = []
        self.dice: list[ListDice] = []
        self.committed: dict[str, TurnCommitted] = {}
        self.voided: list[str] = []
        self.version = 1
        self.breaks: Exception | None = None

    def describe_world(self) -> WorldDescribed:
        return scenery.WORLD

    def create_campaign(self, request: CreateCampaign) -> CampaignCreated:
        if self.breaks:
            raise self.breaks
        first = self.campaigns.setdefault(request.envelope.campaign_id, request)
        if (first.owner, first.name) != (request.owner, request.name):
            raise KeyReused("another campaign has this id")
        return CampaignCreated(
            envelope=request.envelope, sheet=scenery.sheet(request.envelope.campaign_id), started_at=scenery.NOW
        )

    def view_campaign(self, request: ViewCampaign) -> CampaignViewed:
        if self.breaks:
            raise self.breaks
        found = self.campaigns.get(request.envelope.campaign_id)
        if found is None:
            raise CampaignMissing(request.envelope.campaign_id)
        sheet = scenery.sheet(request.envelope.campaign_id, self.version, self.version - 1)
        return CampaignViewed(envelope=request.envelope, owner=found.owner, sheet=sheet, started_at=scenery.NOW)

    def list_campaigns(self, request: ListCampaigns) -> CampaignListed:
        if self.breaks:
            raise self.breaks
        self.listings.append(request)
        return CampaignListed(items=(), next_cursor="more")

    def list_dice(self, request: ListDice) -> DiceListed:
        if self.breaks:
            raise self.breaks
        self.dice.append(request)
        owner = self.campaigns[request.envelope.campaign_id].owner
        return scenery.dice(request.envelope, owner, request.after_turn)

    def void_turn(self, request: VoidTurn) -> TurnVoided:
        turn_id = request.envelope.turn_id or ""
        if turn_id not in self.committed:
            self.voided.append(turn_id)
        return TurnVoided(envelope=request.envelope, committed=self.committed.get(turn_id))


class FailedTurns:
    def __init__(self) -> None:
        self.sent: list[FailTurn] = []

    def send(self, failed: FailTurn) -> None:
        self.sent.append(failed)
