"""Sockets of a player: how many there may be, and by which session they were opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MOST_SOCKETS = 10
"""Of one player; whoever opens another loses the oldest. So many listeners of a campaign are told at most, too."""


@dataclass(frozen=True, order=True)
class Socket:
    """A connection, since when (epoch ms), and the session whose token asked for it; empty when that is not known."""

    since: int
    connection: str
    session: str = ""

    def belongs_to(self, session: str) -> bool:
        """Whether it ends with this session: in doubt it does."""
        return not session or self.session in ("", session)


@dataclass(frozen=True)
class TicketHolder:
    """The holder of a ticket: the player, and of the access token that it was traded for the session and the time it
    was issued (epoch seconds). Neither is always known."""

    player: str
    session: str = ""
    token_issued: int = 0


def open_socket(connection: str, session: str, now: datetime) -> Socket:
    return Socket(int(now.timestamp() * 1000), connection, session)
