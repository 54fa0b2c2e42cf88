"""Faults: what may go wrong at a call, and the plan that says where it does.

at every call of AWS
    request lost      it never arrives; the client waits as long as it is patient
    reply lost        it is done; the client waits as long as it is patient
    done late         it is done after its client has given up
    throttled         it is refused, and nothing is done
    failed before     an error of the server, and nothing is done
    failed after      an error of the server, and it is done
    died before       the process that calls ends, and nothing is done
    died after        the process that calls ends, and it is done
    conflict          another transaction is under way: writes of DynamoDB
    partial           some of it is done: what takes many things at once
at every run of a function
    not taken, throttled, died at once, died at the end, answer lost, slow, run twice
at every message, batch of a stream and execution of the workflow
    delivered twice, delivered late, not deleted · batch twice · run twice, execution lost
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from tests.simulation.chance import Chance

ANY_CALL = (
    "request lost",
    "reply lost",
    "done late",
    "throttled",
    "failed before",
    "failed after",
    "died before",
    "died after",
)
CONFLICTING = ("transact_write_items", "put_item", "update_item", "delete_item")
IN_PARTS = ("put_events", "batch_get_item", "batch_write_item", "batch_execute_statement")
UNANSWERED = ("get_item", "batch_get_item", "query", "scan", "converse", "get_user", "admin_get_user")
"""Calls that change nothing: whether they were done makes no difference to anybody."""
FOCUSED = 0.5
SOUGHT, SPARED, BY_THE_WAY = 0.9, 0.02, 0.15
"""For the crash matrix: the share of places that are struck in which a cell is owed hits: of the call that the evening
is for, where each strike brings about another try; of other calls of its actor, without which it is not reached, unless
the evening has them in focus; and of others."""
FAILING = 0.95
FAILURES = ("not taken", "throttled", "execution lost")
"""The faults of a function, or an execution, that fails for most of an evening."""
OF_A_FUNCTION = ("not taken", "throttled", "died at once", "died at the end", "answer lost", "slow", "run twice")
OF_A_MESSAGE = ("delivered twice", "delivered late", "not deleted")
OF_A_BATCH = ("batch twice", "failed before")
OF_AN_EXECUTION = ("run twice", "execution lost")
OF_A_REQUEST = ("request lost", "reply lost")


Cell = tuple[str, str, str]
"""A cell of the crash matrix: actor, call, and a fault that could strike there."""
Aim = Mapping[Cell, int]
"""The number of hits that each cell is owed. A cell that is not in it is owed none."""


class Site(NamedTuple):
    """A place where a fault may strike: who calls what. `at` tells this time from every other."""

    actor: str
    call: str
    at: str


@cache
def _cells(actor: str, call: str, kinds: tuple[str, ...]) -> tuple[Cell, ...]:
    """The cells of a place, in the order of the faults that could strike there."""
    return tuple((actor, call, kind) for kind in kinds)


@dataclass
class Plan:
    """The faults by place. `rate` of all places are struck, and only those among `only`, if it is given."""

    chance: Chance
    rate: float
    focus: str = ""
    """A part of a name: where an actor or a call has it, FOCUSED of all places are struck, so retries are exhausted."""
    only: Collection[str] | None = None
    aim: Aim | None = None
    """Hits that the crash matrix still lacks. With it, cells that are owed most are struck first, and more often."""
    sought: tuple[str, str] = ("", "")
    """The actor and the call that this evening is for."""
    failing: str = ""
    """The actor of which nearly every run fails, so that what is done about it is done often."""
    quiet: bool = False
    """Whether faults have stopped for good."""
    injected: dict[str, str] = field(default_factory=dict)
    _places: dict[int, tuple[Cell, ...]] = field(default_factory=dict)
    """The cells of each place that was come by, by their identity."""
    hits: Counter[Cell] = field(default_factory=Counter)

    @property
    def seen(self) -> set[Cell]:
        """The cells at which a fault could have struck."""
        return {cell for cells in self._places.values() for cell in cells}

    def fault(self, site: Site, kinds: tuple[str, ...]) -> str | None:
        """The fault that strikes here, of those that could."""
        cells = _cells(site.actor, site.call, kinds)
        self._places[id(cells)] = cells
        if self.quiet:
            return None
        owed = [self._count_owed(cell) for cell in cells] if self.aim else (0,) * len(cells)
        if not self.chance.happens(self._share(site, any(owed)), "fault", site.at):
            return None
        if self.only is not None and site.at not in self.only:
            return None
        among = [kind for kind, hits in zip(kinds, owed, strict=True) if hits == max(owed)]
        if self._fails(site):
            among = [kind for kind in kinds if kind in FAILURES]
        kind = self.chance.pick(among, "kind", site.at)
        self.injected[site.at] = kind
        self.hits[site.actor, site.call, kind] += 1
        return kind

    def _fails(self, site: Site) -> bool:
        return site.actor == self.failing and site.call in ("run", "execution")

    def _share_owed(self, site: Site) -> float:
        actor, call = self.sought
        if site.actor != actor:
            return BY_THE_WAY
        if site.call == call:
            return SOUGHT
        return BY_THE_WAY if self.focus == actor else SPARED

    def _share(self, site: Site, owed: bool) -> float:
        """The share of all places like this one that are struck."""
        if self._fails(site):
            return FAILING
        if owed:
            return self._share_owed(site)
        return FOCUSED if self.focus and self.focus in f"{site.actor} {site.call}" else self.rate

    def _count_owed(self, cell: Cell) -> int:
        return max(0, self.aim.get(cell, 0) - self.hits[cell]) if self.aim else 0


@cache
def kinds_at(operation: str) -> tuple[str, ...]:
    """The faults that may strike a call of this operation."""
    kinds: tuple[str, ...] = ANY_CALL
    if operation in CONFLICTING:
        kinds += ("conflict",)
    return (*kinds, "partial") if operation in IN_PARTS else kinds
