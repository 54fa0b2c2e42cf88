"""Doubles of what lies outside the gateway, which remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel

from contracts.campaign import (
    CampaignCreated,
    CampaignErased,
    CampaignListed,
    CampaignViewed,
    CreateCampaign,
    DiceListed,
    EraseCampaign,
    ForkCampaign,
    ListCampaigns,
    ListDice,
    ListStandings,
    StandingsListed,
    TurnCommitted,
    TurnVoided,
    ViewCampaign,
    VoidTurn,
)
from contracts.chronicle import ChronicleErased, EraseChronicle
from contracts.dm import ForgetReplies, RepliesForgotten
from contracts.envelope import Lineage
from contracts.errors import CampaignMissing, CannotFork, KeyReused
from contracts.gateway import FailTurn, PlayTurn, TurnClosed
from contracts.lore import DescribeWorld, WorldDescribed
from contracts.tools import ForgetOutcomes, OutcomesForgotten
from services.gateway.adapters.service_functions import name_variable
from services.gateway.domain.records import NotStarted, WorkflowOutcome
from services.gateway.tests import builders


class Clock:
    """Time that passes only when somebody waits, or when a test says so."""

    def __init__(self) -> None:
        self.time = builders.NOW

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
        """Whether the turn has ended when the wait is over."""
        self.closes: Callable[[PlayTurn], TurnClosed | None] = lambda turn: None
        """The function that says how a turn was closed by then; asked of turns that `plays` does not end."""

    def start(self, turn: PlayTurn) -> None:
        if self.down:
            raise NotStarted("down")
        self.started.append(turn)

    def play(self, turn: PlayTurn, seconds: int) -> WorkflowOutcome:
        self.start(turn)
        self.waits.append(seconds)
        closed = self.closes(turn)
        return WorkflowOutcome(ended=bool(closed) or self.plays(turn), closed=closed)


class Stages:
    """The other services: one world, campaigns by id, turns that were committed."""

    def __init__(self) -> None:
        self.campaigns: dict[str, CreateCampaign] = {}
        self.forks: dict[str, ForkCampaign] = {}
        self.last_turn = 16
        self.lineage: Lineage = ()
        self.listings: list[ListCampaigns] = []
        self.dice: list[ListDice] = []
        self.boards: list[ListStandings] = []
        self.committed: dict[str, TurnCommitted] = {}
        self.voided: list[str] = []
        self.chronicles: list[EraseChronicle] = []
        self.forgotten: list[ForgetOutcomes] = []
        self.version = 1
        self.breaks: Exception | None = None

    def call(self, request: BaseModel, reply: type[Any]) -> Any:
        """Each request is answered by the method that is named after it: `create_campaign` of CreateCampaign."""
        answer = getattr(self, name_variable(type(request)).removesuffix("_FUNCTION").lower())(request)
        assert isinstance(answer, reply)
        return answer

    def describe_world(self, request: DescribeWorld) -> WorldDescribed:
        return builders.WORLD

    def create_campaign(self, request: CreateCampaign) -> CampaignCreated:
        if self.breaks:
            raise self.breaks
        first = self.campaigns.setdefault(request.envelope.campaign_id, request)
        if (first.owner, first.name) != (request.owner, request.name):
            raise KeyReused("another campaign has this id")
        return CampaignCreated(
            envelope=request.envelope,
            sheet=builders.sheet(request.envelope.campaign_id),
            started_at=builders.NOW,
            opening=request.world.opening,
        )

    def fork_campaign(self, request: ForkCampaign) -> CampaignCreated:
        if self.breaks:
            raise self.breaks
        campaign_id, turn = request.envelope.campaign_id, request.origin.turn
        first = self.forks.setdefault(campaign_id, request)
        if campaign_id in self.campaigns or (first.owner, first.origin) != (request.owner, request.origin):
            raise KeyReused("another campaign has this id")
        if turn > self.last_turn:
            raise CannotFork(f"Turn {turn} is not played yet. Fork at any turn from 0 to {self.last_turn}.")
        sheet = builders.sheet(campaign_id, turn + 1, turn)
        return CampaignCreated(
            envelope=request.envelope, sheet=sheet, started_at=builders.NOW, lineage=(request.origin,)
        )

    def view_campaign(self, request: ViewCampaign) -> CampaignViewed:
        if self.breaks:
            raise self.breaks
        found = self.campaigns.get(request.envelope.campaign_id)
        if found is None:
            raise CampaignMissing(request.envelope.campaign_id)
        sheet = builders.sheet(request.envelope.campaign_id, self.version, self.version - 1)
        return CampaignViewed(
            envelope=request.envelope,
            owner=found.owner,
            sheet=sheet,
            started_at=builders.NOW,
            lineage=self.lineage,
            opening=found.world.opening,
        )

    def list_campaigns(self, request: ListCampaigns) -> CampaignListed:
        if self.breaks:
            raise self.breaks
        self.listings.append(request)
        return CampaignListed(items=(), next_cursor=None if request.cursor == "more" else "more")

    def list_dice(self, request: ListDice) -> DiceListed:
        if self.breaks:
            raise self.breaks
        self.dice.append(request)
        owner = self.campaigns[request.envelope.campaign_id].owner
        thrown = builders.dice(request.envelope, owner, request.after_turn)
        return thrown.model_copy(update={"lineage": self.lineage})

    def list_standings(self, request: ListStandings) -> StandingsListed:
        if self.breaks:
            raise self.breaks
        self.boards.append(request)
        return builders.standings(request.viewer)

    def erase_campaign(self, request: EraseCampaign) -> CampaignErased:
        """In two calls."""
        more = self.campaigns.pop(request.envelope.campaign_id, None) is not None
        return CampaignErased(envelope=request.envelope, more=more, about=() if more else ("alley",))

    def erase_chronicle(self, request: EraseChronicle) -> ChronicleErased:
        self.chronicles.append(request)
        return ChronicleErased(envelope=request.envelope)

    def forget_outcomes(self, request: ForgetOutcomes) -> OutcomesForgotten:
        self.forgotten.append(request)
        return OutcomesForgotten(envelope=request.envelope)

    def forget_replies(self, request: ForgetReplies) -> RepliesForgotten:
        return RepliesForgotten(envelope=request.envelope)

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
