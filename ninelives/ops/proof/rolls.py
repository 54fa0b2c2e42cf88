"""One roll: what its record must add up to, by the rules of the game."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.tools import Roll
from services.tools.domain.dice import derive


def contradictions(roll: Roll) -> Iterator[str]:
    """The contradictions in this record, whatever the seed is."""
    if len(roll.faces) != roll.count or not all(1 <= face <= roll.sides for face in roll.faces):
        yield f"{_show(roll.faces)} are not the faces of {roll.count}d{roll.sides}"
    if roll.kept not in _keepable(roll):
        yield f"{_show(roll.kept)} cannot be what counts of {_show(roll.faces)}"
    if roll.total not in (possible := _totals(roll)):
        yield f"the total is {roll.total}, the dice and modifiers make {possible[0]}"
    if roll.outcome != (due := _outcome(roll)):
        yield f"the outcome is {roll.outcome or 'none'}, {roll.total} against {roll.target} is {due or 'none'}"


def departure(roll: Roll, seed: bytes) -> str | None:
    """The difference of the faces from those that this seed gives under the roll's key; None when they are the same."""
    due = derive(seed, roll.key, roll.count, roll.sides)
    return None if roll.faces == due else f"the faces are {_show(roll.faces)}, the seed gives {_show(due)}"


def _keepable(roll: Roll) -> tuple[tuple[int, ...], ...]:
    """All dice count, except that of two d20 thrown with an edge the better or the worse one does."""
    edged = ((max(roll.faces),), (min(roll.faces),)) if (roll.count, roll.sides) == (2, 20) else ()
    if roll.target is None:
        return (roll.faces, *edged)
    return edged or ((roll.faces,) if (roll.count, roll.sides) == (1, 20) else ())


def _totals(roll: Roll) -> tuple[int, ...]:
    """A check may fall below zero; an amount (damage, loot) may not. A single d20 without a target may be either."""
    made = sum(roll.kept) + sum(modifier.amount for modifier in roll.modifiers)
    a_d20 = roll.sides == 20 and len(roll.kept) == 1
    if a_d20 and (roll.target is not None or roll.count == 2):
        return (made,)
    return (made, max(0, made)) if a_d20 else (max(0, made),)


def _outcome(roll: Roll) -> str | None:
    if roll.target is None:
        return None
    natural = {20: "critical", 1: "fumble"}.get(roll.kept[0])
    return natural or ("success" if roll.total >= roll.target else "failure")


def _show(faces: tuple[int, ...]) -> str:
    return "[" + " ".join(map(str, faces)) + "]"
