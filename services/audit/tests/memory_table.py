"""The audit table in memory: the same operations, with a moment before each in which anything may happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.audit.application.ports import Item, Place


class Shelf:
    """Implements AuditTable. `meanwhile` runs before every operation: others may work then, or the writer may die."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.items: dict[tuple[str, str], Item] = {}
        self.meanwhile = meanwhile
        self.operations = 0

    def add(self, item: Item) -> Item | None:
        self._pass()
        return self._put(item)

    def _put(self, item: Item) -> Item | None:
        place = (item["pk"], item["sk"])
        if place in self.items:
            return self.items[place]
        self.items[place] = dict(item)
        return None

    def add_all(self, items: Sequence[Item]) -> list[Item | None]:
        """One call: anything may happen between two of its items, too."""
        held = []
        for number, item in enumerate(items):
            if number:
                self.meanwhile()
            held.append(self.add(item) if number == 0 else self._put(item))
        return held

    def get_all(self, places: Sequence[Place]) -> list[Item | None]:
        self._pass()
        return [self.items.get(place) for place in places]

    def last(self, pk: str) -> Item | None:
        self._pass()
        return max(self._of(pk), key=lambda item: item["sk"], default=None)

    def after(self, pk: str, sk: str, limit: int) -> list[Item]:
        self._pass()
        return sorted((item for item in self._of(pk) if item["sk"] > sk), key=lambda item: item["sk"])[:limit]

    def _of(self, pk: str) -> list[Item]:
        return [item for (partition, _), item in self.items.items() if partition == pk]

    def _pass(self) -> None:
        self.operations += 1
        self.meanwhile()
