"""Port of the use case: the audit table, of items of strings under `pk` and `sk`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Item = dict[str, str]
Place = tuple[str, str]
"""`pk` and `sk`."""


class AuditTable(Protocol):
    """Operations on the audit table."""

    def add(self, item: Item) -> Item | None:
        """Add an item; or change nothing, and tell what its place holds already."""

    def add_all(self, items: Sequence[Item]) -> list[Item | None]:
        """Add items of different places, each like `add` does; not all or nothing."""

    def get_all(self, places: Sequence[Place]) -> list[Item | None]:
        """The items at these places, as of now; at most 100."""

    def last(self, pk: str) -> Item | None:
        """The item of this partition with the highest `sk`, as of now."""

    def after(self, pk: str, sk: str, limit: int) -> list[Item]:
        """At most `limit` items that follow this place, in order, as of now, without their detail."""
