"""What the live side needs from the outside: the feed, who listens to it, and the way to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import FeedEvent, Ticket
from services.gateway.application.gates import Gates
from services.gateway.domain.feed import FeedEntry
from services.gateway.domain.records import TurnRecord


class Feed(Protocol):
    """A campaign's feed. Reads are consistent."""

    def append(self, entry: FeedEntry, now: datetime) -> FeedEvent | None:
        """Give it the next place. None when it has one already. Raises Transient when others kept coming first."""

    def after(self, campaign: CampaignId, sequence: int, limit: int) -> list[FeedEvent]:
        """At most `limit` events after this one, oldest first."""

    def last(self, campaign: CampaignId) -> int:
        """The newest place, 0 when nothing was ever appended."""


class Tickets(Protocol):
    """Leave to open one connection."""

    def issue(self, player: str, now: datetime) -> Ticket: ...

    def redeem(self, ticket: str, now: datetime) -> str | None:
        """The player it was issued to, once; None when it was used, has expired, or never was."""


class Connections(Protocol):
    """Who is connected, and what they listen to."""

    def open(self, connection: str, player: str, now: datetime) -> None: ...
    def player(self, connection: str) -> str | None: ...
    def forget(self, connection: str) -> None: ...
    def subscribe(self, connection: str, campaign: CampaignId, now: datetime) -> None: ...
    def subscriptions(self, connection: str) -> list[CampaignId]: ...
    def listeners(self, campaign: CampaignId, limit: int) -> list[str]: ...


class ConnectionSender(Protocol):
    """The way to a connected client."""

    def send(self, connection: str, message: str) -> bool:
        """False when the connection is gone. Any other failure is told to operators and costs the client a hint."""


class RunningTurns(Gates, Protocol):
    """Turns as they are now. Reads are consistent."""

    def turn(self, campaign: CampaignId, turn: TurnId) -> TurnRecord | None: ...

    def store_story(self, turn: TurnRecord, told: str) -> bool:
        """Store this much of its story. False when it has ended, or more was stored, since it was read."""


@dataclass(frozen=True)
class LiveDependencies:
    """Everything a connection is served with."""

    turns: RunningTurns
    feed: Feed
    tickets: Tickets
    connections: Connections
    sender: ConnectionSender
    now: Callable[[], datetime]
