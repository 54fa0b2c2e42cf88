"""Ports of the use cases, each as small as it can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from contracts.envelope import CampaignId, TurnId
from contracts.state import CONTENT_LEVELS, ContentLevel
from services.gateway.application.erased_players import BegunErasures
from services.gateway.application.live.ports import Feed, Tell, Tickets
from services.gateway.application.rate_limiter import RateLimiter
from services.gateway.application.reporting import Reports
from services.gateway.application.service_calls import ServiceFunctions
from services.gateway.domain.blocklist import Blocklist, own_blocklist
from services.gateway.domain.exports import DataExport, DownloadLink, ExportJob
from services.gateway.domain.quotas import Quota
from services.gateway.domain.records import Admission, Closing, Gate, KeyRecord, Snapshot, TurnRecord, WorkflowOutcome

if TYPE_CHECKING:
    from contracts.gateway import PlayTurn
    from contracts.playerapi import PublicKey
    from services.gateway.domain.purses import Share


class TurnRepository(Protocol):
    """Gates, turns and keys. Reads are consistent; a write that returns False found that something had moved on."""

    def snapshot(
        self,
        player: str,
        key: str,
        campaign: CampaignId,
        turn: TurnId,
        quota: Quota | None = None,
        household: str | None = None,
    ) -> Snapshot: ...
    def admit(self, admission: Admission) -> bool: ...
    def close(self, closing: Closing) -> bool: ...
    def register(self, gate: Gate, key: str, record: KeyRecord, now: datetime) -> bool: ...
    def key(self, player: str, key: str) -> KeyRecord | None: ...
    def gate(self, campaign: CampaignId) -> Gate | None: ...
    def turn(self, campaign: CampaignId, turn: TurnId) -> TurnRecord | None: ...
    def turns(self, campaign: CampaignId, before: int | None, limit: int) -> list[TurnRecord]: ...
    def mark_running(self, turn: TurnRecord) -> None: ...
    def restart_from(self, turn: TurnRecord, moment: datetime) -> bool: ...


class Workflow(Protocol):
    """The turn workflow."""

    def start(self, turn: PlayTurn) -> None:
        """Raises NotStarted when it could not be started."""

    def play(self, turn: PlayTurn, seconds: int) -> WorkflowOutcome:
        """Start it and wait. Raises NotStarted."""


class StoryKey(Protocol):
    """The key that manifests of stories are signed with."""

    @property
    def public(self) -> PublicKey: ...

    def sign(self, data: bytes) -> bytes:
        """The signature by ES256: r and s, 32 bytes each."""


class ExportRegister(Protocol):
    """The archive that each player asked for last. A write that returns False did not find the one before as it
    was."""

    def of(self, player: str) -> DataExport | None: ...
    def put(self, export: DataExport, before: DataExport | None) -> bool: ...


@dataclass(frozen=True)
class ExportDependencies:
    """Dependencies of asking for an archive: `begin` sets its worker to it, `link` opens one that is ready."""

    register: ExportRegister
    begin: Callable[[ExportJob], None]
    link: Callable[[str, datetime], DownloadLink]


class ReadDependencies(Protocol):
    """Dependencies of reading campaigns and turns."""

    @property
    def turns(self) -> TurnRepository: ...
    @property
    def services(self) -> ServiceFunctions: ...
    @property
    def erasures(self) -> BegunErasures: ...


@dataclass(frozen=True)
class PlayerDependencies:
    """Everything a player's request is served with. `chaos`: the operator lets players inject faults. `story_key`: None
    where manifests are not signed."""

    turns: TurnRepository
    workflow: Workflow
    services: ServiceFunctions
    now: Callable[[], datetime]
    pause: Callable[[float], None]
    notice: Callable[[str], None]
    max_wait: int = 20
    limiter: RateLimiter = field(default_factory=RateLimiter)
    chaos: bool = False
    share: Share | None = None
    """The share of a day's money that one player, or the guests of one household, may have; None: all of it."""
    content_levels: tuple[ContentLevel, ...] = CONTENT_LEVELS[:2]
    """The levels of content that a campaign may ask for."""
    blocked_names: Blocklist = field(default_factory=own_blocklist)
    feed: Feed = field(kw_only=True)
    tell: Tell = field(kw_only=True)
    tickets: Tickets = field(kw_only=True)
    story_key: StoryKey | None = None
    erasures: BegunErasures = field(kw_only=True)
    reports: Reports = field(kw_only=True)
    exports: ExportDependencies = field(kw_only=True)
