"""Remembering: the facts of a resolved turn, filed once, whatever the order and number of deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from contracts.campaign import TurnResolvedV1
from services.chronicle.domain.entry import IndexEntry, entries_of, names_in


class FactWriter(Protocol):
    """The facts of campaigns, to file."""

    def write(self, campaign_id: str, entries: Iterable[IndexEntry], names: frozenset[str]) -> None:
        """File each entry unless its place is taken, and make the names known."""


def remember(event: TurnResolvedV1, facts: FactWriter) -> None:
    """File every fact of the turn."""
    facts.write(event.metadata.campaign_id, entries_of(event.data), names_in(event.data))
