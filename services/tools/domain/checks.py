"""Checks of the character: a d20 with modifiers against a difficulty, an opponent, or a peril."""

from __future__ import annotations

from contracts.canon import Affliction, Condition, Stat
from contracts.state import Derived
from contracts.tools import Roll, RollModifier
from services.tools.domain.dice import Roller

BAD_FAILURE = 5
"""A check that misses by this much, or fumbles, has its mishap."""


def succeeded(roll: Roll) -> bool:
    """Whether the roll reached its target."""
    return roll.outcome in ("critical", "success")


def failed_badly(roll: Roll) -> bool:
    """Whether the roll fumbled or missed its target by `BAD_FAILURE` or more."""
    return roll.outcome == "fumble" or (not succeeded(roll) and roll.total <= (roll.target or 0) - BAD_FAILURE)


def check(
    dice: Roller,
    derived: Derived,
    stat: Stat,
    difficulty: int,
    purpose: str = "",
    *,
    modifiers: tuple[RollModifier, ...] = (),
) -> Roll:
    """An ability check: d20 + the stat as worn and suffered (+ `modifiers`), with the character's edge."""
    return dice.d20(
        purpose or f"{stat} check",
        difficulty,
        modifiers=(RollModifier(name=stat, amount=derived.stats.get(stat, 0)), *modifiers),
        edge=derived.edge,
    )


def contest(dice: Roller, derived: Derived, stat: Stat, rival: str, rival_modifier: int, purpose: str) -> Roll:
    """A contested check. The rival rolls first and the character must reach its total: a tie is the character's."""
    speed = RollModifier(name="speed", amount=rival_modifier)
    theirs = dice.d20(f"against {purpose}", roller=rival, modifiers=(speed,))
    return check(dice, derived, stat, theirs.total, purpose)


def save(dice: Roller, derived: Derived, peril: Affliction) -> tuple[Roll, Condition | None]:
    """A saving throw of the character: the condition when it fails, None when it is shaken off."""
    roll = check(dice, derived, peril.save.stat, peril.save.difficulty, f"{peril.save.stat} save")
    return roll, None if succeeded(roll) else peril.condition


def leaning(*edges: int) -> int:
    """Edges together: advantage and disadvantage cancel out, however many there are of either."""
    return (1 in edges) - (-1 in edges)
