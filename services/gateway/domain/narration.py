"""The story of a running turn, as it grows. What a player has read is never taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contracts.envelope import TurnId

if TYPE_CHECKING:
    from contracts.dm import NarrativeTold


def keep_longest(narrations: Iterable[NarrativeTold]) -> tuple[NarrativeTold, ...]:
    """Of each turn the narration that holds the others."""
    found: dict[TurnId | None, NarrativeTold] = {}
    for each in narrations:
        known = found.setdefault(each.envelope.turn_id, each)
        if len(each.told) > len(known.told):
            found[each.envelope.turn_id] = each
    return tuple(found.values())


def continues(known: str, told: str) -> bool:
    """Whether `told` begins with all of `known` and says more."""
    return len(told) > len(known) and told.startswith(known)
