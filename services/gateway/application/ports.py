"""What the domain needs from the world outside, as small as it can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from contracts.campaign import (
    CampaignCreated,
    CampaignListed,
    CampaignViewed,
    CreateCampaign,
    DiceListed,
    ForkCampaign,
    ListCampaigns,
    ListDice,
    ListStandings,
    StandingsListed,
    TurnVoided,
    ViewCampaign,
    VoidTurn,
)
from contracts.envelope import CampaignId, TurnId
from contracts.gateway import FailTurn, PlayTurn
from contracts.lore import WorldDescribed
from services.gateway.application.live.ports import Feed, Tickets
from services.gateway.domain.limits import Limits
from services.gateway.domain.records import Admission, Closing, Gate, KeyRecord, Snapshot, TurnRecord


class Ledger(Protocol):
    """The gateway's own table. Reads are consistent; a write that returns False found that something had moved on."""

    def snapshot(self, player: str, key: str, campaign: CampaignId, turn: TurnId) -> Snapshot: ...
    def admit(self, admission: Admission) -> bool: ...
    def close(self, closing: Closing) -> bool: ...
    def register(self, gate: Gate, key: str, record: KeyRecord) -> bool: ...
    def key(self, player: str, key: str) -> KeyRecord | None: ...
    def gate(self, campaign: CampaignId) -> Gate | None: ...
    def turn(self, campaign: CampaignId, turn: TurnId) -> TurnRecord | None: ...
    def turns(self, campaign: CampaignId, before: int | None, limit: int) -> list[TurnRecord]: ...
    def running(self, turn: TurnRecord) -> None: ...
    def restart_from(self, turn: TurnRecord, moment: datetime) -> bool: ...


class Workflow(Protocol):
    """The turn workflow."""

    def start(self, turn: PlayTurn) -> None:
        """Raises NotStarted when it could not be started."""

    def play(self, turn: PlayTurn, seconds: int) -> bool:
        """Start it and wait; False when it goes on after `seconds`. Raises NotStarted."""


class Stages(Protocol):
    """Functions of other services. Raise the errors of their contracts."""

    def describe_world(self) -> WorldDescribed: ...
    def create_campaign(self, request: CreateCampaign) -> CampaignCreated: ...
    def fork_campaign(self, request: ForkCampaign) -> CampaignCreated: ...
    def view_campaign(self, request: ViewCampaign) -> CampaignViewed: ...
    def list_campaigns(self, request: ListCampaigns) -> CampaignListed: ...
    def list_dice(self, request: ListDice) -> DiceListed: ...
    def list_standings(self, request: ListStandings) -> StandingsListed: ...
    def void_turn(self, request: VoidTurn) -> TurnVoided: ...


class FailedTurns(Protocol):
    """The queue operators look at."""

    def send(self, failed: FailTurn) -> None: ...


class NotStarted(Exception):
    """The workflow did not take the turn. The turn stays accepted."""


@dataclass(frozen=True)
class Desk:
    """Everything a request is served with. `chaos`: the operator lets players break things on purpose."""

    ledger: Ledger
    workflow: Workflow
    stages: Stages
    now: Callable[[], datetime]
    pause: Callable[[float], None]
    notice: Callable[[str], None]
    max_wait: int = 20
    limits: Limits = field(default_factory=Limits)
    chaos: bool = False
    feed: Feed = field(kw_only=True)
    tickets: Tickets = field(kw_only=True)
