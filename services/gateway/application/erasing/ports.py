"""Ports of erasing a player."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from contracts.envelope import CampaignId, TurnId
from services.gateway.application.service_calls import ServiceFunctions
from services.gateway.domain.erasures import ErasureRecord, Visit
from services.gateway.domain.records import Gate
from services.gateway.domain.sockets import Socket


class GoingErasures(Protocol):
    """Erasures and how far each is. Whatever is written may be written again."""

    def find(self, erasure_id: str) -> ErasureRecord | None: ...

    def wake(self, erasure_id: str) -> None:
        """Have another run go on with it."""

    def move_on(self, erasure_id: str, steps_done: int) -> None:
        """Record that so many steps are done; never fewer than before."""

    def settle(self, erasure_id: str, until: datetime) -> None:
        """Something from before may be under way until then; never sooner than was said before."""

    def note(self, erasure_id: str, campaigns: Iterable[CampaignId]) -> None:
        """These campaigns are the player's."""

    def campaigns(self, erasure_id: str) -> Mapping[CampaignId, Visit | None]:
        """Every campaign that was noted, and the last visit to it."""

    def record_visit(self, erasure_id: str, campaign: CampaignId, visit: Visit, now: datetime) -> None: ...

    def count(self, erasure_id: str, campaigns: int, done: int) -> None:
        """Store the number of campaigns, and of those done, for whoever looks."""

    def finish(self, erasure: ErasureRecord, now: datetime) -> None:
        """All is done. What led from here to the player is forgotten, and in a while that there was an erasure."""


class PlayerItems(Protocol):
    """The gateway's items of a player and their campaigns. What is gone already is none to complain of."""

    def campaigns_of(self, player: str) -> Iterator[CampaignId]:
        """Those whose keys are still known."""

    def delete_player(self, player: str, visit: Visit) -> None:
        """Keys, sockets, counters; not that an erasure began, nor at first what tells of archives."""

    def turns_since(self, campaign: CampaignId, since: datetime) -> Iterator[TurnId]:
        """Turns that were accepted since then, also such as are erased."""

    def gate(self, campaign: CampaignId) -> Gate | None: ...

    def shut(self, gate: Gate) -> bool:
        """Shut it for good. False when it is not as it was seen."""

    def delete_turns(self, campaign: CampaignId) -> None:
        """Every turn, and its report if it has one."""

    def delete_feed(self, campaign: CampaignId) -> None: ...


class ErasablePlayers(Protocol):
    """The pool that knows passwords and e-mails."""

    def delete(self, username: str) -> None: ...


class ErasableAccounts(Protocol):
    """The register of e-mails."""

    def erase(self, player: str) -> None:
        """No e-mail leads to this player any more."""


class ErasableConnections(Protocol):
    """Connections of players."""

    def erase(self, connection: str) -> None:
        """All but that it is one of its player's sockets, by which it is found again."""


class ErasableSockets(Protocol):
    """Open sockets, by player."""

    def of(self, player: str) -> list[Socket]: ...

    def end_session(self, session: str, now: datetime) -> None:
        """No socket is opened by this session any more."""


class ErasableArchives(Protocol):
    """Archives that players asked for."""

    def erase(self, player: str) -> None:
        """The archive of this player goes, if there is one."""


@dataclass(frozen=True)
class ErasingDependencies:
    """Everything an erasure is done with. `turn_ends` is the most that a turn lasts, `settles` what else of a campaign
    may be under way once it is erased; the pauses of a loop are `pause`'s."""

    erasures: GoingErasures
    items: PlayerItems
    pool: ErasablePlayers
    register: ErasableAccounts
    sockets: ErasableSockets
    connections: ErasableConnections
    close: Callable[[str], object]
    services: ServiceFunctions
    now: Callable[[], datetime]
    pause: Callable[[float], None]
    turn_ends: timedelta
    settles: timedelta
    archives: ErasableArchives
