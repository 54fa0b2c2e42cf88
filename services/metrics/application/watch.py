"""Watching what a day costs: the ledger's sum is read once in a hundredth of the ceiling, not once a turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from contracts.metrics import DayCeilingReachedData
from services.metrics.domain.ceiling import LOOKS, DayCeiling
from services.metrics.domain.data_points import CostLine, Counted, cost_of

Tell = Callable[[DayCeilingReachedData, Counted], None]


class DaySums(Protocol):
    """The sums of days, as counted. Reads are consistent."""

    def read_day(self, day: str) -> CostLine: ...


class SpendingWatch:
    """Of one container. It looks at its first turn of a day, and when it has counted another hundredth of the ceiling
    since; so whoever counts hides a hundredth from the others at most. `tell` raises when it is not told: then the next
    batch looks again."""

    def __init__(self, ceiling: DayCeiling, ledger: DaySums, tell: Tell) -> None:
        self._ceiling = ceiling
        self._ledger = ledger
        self._tell = tell
        self._unseen: dict[str, CostLine] = {}

    def count(self, events: Sequence[Counted], new: frozenset[str]) -> None:
        """Take note of these events, of which the new ones were just added to the ledger."""
        due: dict[str, Counted] = {}
        for event in events:
            cost = cost_of(event)
            if cost is not None and self._is_due(cost, event.metadata.event_id in new):
                due[cost.day] = event
        for day, event in due.items():
            self._look(day, event)

    def _is_due(self, cost: CostLine, is_new: bool) -> bool:
        unseen = self._unseen.get(cost.day)
        if unseen is None:
            return True
        if is_new:
            self._unseen[cost.day] = unseen = unseen.plus(cost)
        return self._ceiling.share(unseen) >= 1 / LOOKS

    def _look(self, day: str, event: Counted) -> None:
        spent = self._ledger.read_day(day)
        if self._ceiling.share(spent) >= 1:
            told = DayCeilingReachedData(
                day=date.fromisoformat(day), micro_dollars=spent.micro_dollars, tokens=spent.tokens
            )
            self._tell(told, event)
        self._unseen[day] = CostLine(day=day, model="all", turns=0)
