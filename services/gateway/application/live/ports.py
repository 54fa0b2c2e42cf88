"""Ports of the live side: the feed, who listens to it, and the way to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import FeedEvent
from services.gateway.application.gates import Gates
from services.gateway.domain.feed import Appended, FeedEntry
from services.gateway.domain.records import RefusedStory, TurnRecord

if TYPE_CHECKING:
    from contracts.playerapi import Ticket
    from services.gateway.domain.sockets import TicketHolder


class Feed(Protocol):
    """A campaign's feed. Reads are consistent."""

    def append(self, campaign: CampaignId, entries: Sequence[FeedEntry], now: datetime) -> Appended:
        """Give them the next places, but for those that have one already. Raises Transient when others kept coming
        first."""

    def after(self, campaign: CampaignId, sequence: int, limit: int) -> list[FeedEvent]:
        """At most `limit` events after this one, oldest first."""

    def last(self, campaign: CampaignId) -> int:
        """The newest place, 0 when nothing was ever appended."""


class Tickets(Protocol):
    """Leave to open one connection."""

    def issue(self, holder: TicketHolder, now: datetime) -> Ticket: ...

    def redeem(self, ticket: str, now: datetime) -> TicketHolder | None:
        """The holder it was issued to, once; None when it was used, has expired, or never was."""


class Connections(Protocol):
    """Connections, and the campaigns that they listen to."""

    def open(self, connection: str, holder: TicketHolder, now: datetime) -> list[str]:
        """All connections of the player, the oldest first and this one last; none when the session of the ticket has
        ended, or the player is being erased."""

    def player(self, connection: str) -> str | None: ...

    def subscribe(self, connection: str, campaign: CampaignId, now: datetime) -> None:
        """Nothing changes for a connection that has ended."""

    def subscriptions(self, connection: str) -> list[CampaignId]: ...
    def listeners(self, campaign: CampaignId, limit: int) -> list[str]: ...

    def forget(self, connection: str, campaign: CampaignId | None = None) -> None:
        """Forget the connection and all that it listens to, this campaign too."""


class ConnectionSender(Protocol):
    """The way to a connected client."""

    def send(self, connection: str, message: str) -> bool:
        """False when the connection is gone. Any other failure is told to operators and costs the client a hint."""

    def close(self, connection: str) -> bool:
        """End it. False when that failed, which operators are told; one that is gone is closed."""


class RunningTurns(Gates, Protocol):
    """Turns as they are now. Reads are consistent."""

    def turn(self, campaign: CampaignId, turn: TurnId) -> TurnRecord | None: ...

    def store_story(self, campaign: CampaignId, turn: TurnId, told: str, seen: str | None) -> RefusedStory | None:
        """Store this much of its story while it runs and `seen` is what is stored; None when that was so."""


Tell = Callable[[FeedEvent, Sequence[str]], None]
"""Pushes an event that has its place in the feed to these listeners. A hint, so it raises nothing."""


@dataclass(frozen=True)
class LiveDependencies:
    """Everything a connection is served with."""

    turns: RunningTurns
    feed: Feed
    tickets: Tickets
    connections: Connections
    sender: ConnectionSender
    now: Callable[[], datetime]
    stories: dict[TurnId, str] = field(default_factory=dict)
    """The stories of turns as this container stored them last: it saves reading one before the next."""
