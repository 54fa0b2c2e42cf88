"""The dice of committed turns, for whoever wants to roll them again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contracts.campaign import DiceOfTurn

if TYPE_CHECKING:
    from contracts.campaign import TurnCommitted

MOST_ENTRIES = 100
MOST_ROLLS_OF_AN_ENTRY = 200
"""Bounds of the contract."""
MOST_ROLLS_OF_A_PAGE = 5_000
"""About 2 MB of JSON; a function may answer 6. No turn has more than 80 outcomes of 24 rolls, so one always fits."""


def dice_of(turn: TurnCommitted) -> tuple[DiceOfTurn, ...]:
    """Every roll of the turn in order, also those of outcomes that were not applied: a die that was thrown is shown.

    More rolls than one entry holds go on in further entries of the same turn.
    """
    rolls = tuple(roll for one in turn.settled for roll in one.outcome.rolls)
    starts = range(0, max(1, len(rolls)), MOST_ROLLS_OF_AN_ENTRY)
    return tuple(
        DiceOfTurn(number=turn.number, turn_id=turn.envelope.turn, rolls=rolls[start : start + MOST_ROLLS_OF_AN_ENTRY])
        for start in starts
    )


def page_of(turns: Iterable[TurnCommitted]) -> tuple[DiceOfTurn, ...]:
    """The dice of as many of these turns, each whole, as one reply has room for."""
    listed: list[DiceOfTurn] = []
    rolls = 0
    for turn in turns:
        entries = dice_of(turn)
        rolls += sum(len(entry.rolls) for entry in entries)
        if listed and (len(listed) + len(entries) > MOST_ENTRIES or rolls > MOST_ROLLS_OF_A_PAGE):
            break
        listed += entries
    return tuple(listed)
