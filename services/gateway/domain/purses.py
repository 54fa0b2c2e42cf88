"""Purses: what one player, or all guests of one household together, have had of a day's money for models.

A turn holds a tenth of the share while it is under way, and until the next turn of its campaign is admitted: then what
it cost takes the place of that. So no turn writes anything for its own money: the gate and the count of turns, which an
admission writes anyway, carry it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from services.gateway.domain.quotas import Quota

WHOLE = 1_000_000
"""Parts of a share: a millionth each."""
HELD = WHOLE // 10
KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Purse:
    """A purse on one day: `subject` is a player or a household. `counter` has the turns of one player in one window,
    `stale` are those of windows that are over."""

    subject: str
    day: date
    spent: int = 0
    counter: str = ""
    made: int = 0
    stale: tuple[str, ...] = ()

    @property
    def until(self) -> int:
        """The time at which it is forgotten (epoch seconds)."""
        return int((datetime.combine(self.day, time(), UTC) + KEPT).timestamp())


@dataclass(frozen=True)
class Charge:
    """The amount an admission adds to a purse, and how much of it the turn holds: nothing when no model is asked."""

    purse: Purse
    added: int
    held: int


class LastTurn(Protocol):
    """The amount a campaign's last turn holds, since which day, and its cost once that is known. Its gate says so."""

    @property
    def held(self) -> int | None: ...
    @property
    def held_on(self) -> str | None: ...
    @property
    def spent_micro_dollars(self) -> int | None: ...
    @property
    def spent_tokens(self) -> int | None: ...


@dataclass(frozen=True)
class Share:
    """The share of a day that one purse may have, in micro-dollars and in tokens; 0 is no limit."""

    micro_dollars: int = 0
    tokens: int = 0

    def charge(self, purse: Purse, last: LastTurn, *, is_day_spent: bool) -> Charge:
        """The charge of the next turn of a campaign: what its last one cost, in the place of what that held, and what
        the next one holds if the purse has something left."""
        owed = self._debt(last, purse.day)
        held = 0 if is_day_spent or purse.spent + owed >= WHOLE else HELD
        return Charge(purse, owed + held, held)

    def _debt(self, last: LastTurn, day: date) -> int:
        """The last turn's cost less what it held, which is known only now; 0 for a turn whose cost nobody knows."""
        spent, tokens = last.spent_micro_dollars, last.spent_tokens
        if last.held_on != day.isoformat() or not last.held or spent is None or tokens is None:
            return 0
        limits = ((spent, self.micro_dollars), (tokens, self.tokens))
        return max((WHOLE * used // limit for used, limit in limits if limit), default=0) - last.held


def name_counter(player: str, quota: Quota) -> str:
    """The attribute that counts a player's turns of a window. It leads to nobody: a household's purse is no list of who
    lives there."""
    return f"made_{quota.window}_{sha256(f'{player}|{quota.window}'.encode()).hexdigest()[:12]}"


def is_stale(counter: str, quota: Quota) -> bool:
    window = counter.removeprefix("made_").partition("_")[0]
    return counter.startswith("made_") and int(window) < quota.window
