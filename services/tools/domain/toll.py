"""The toll that conditions will have taken when time has passed: who falls to one is out of the fight."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.state import Encounter


def hp_left(conditions: tuple[Condition, ...], hp: int, max_hp: int) -> int:
    """The character's hit points after the toll of these conditions; at zero no later one gives any back."""
    for condition in conditions:
        if hp == 0:
            break
        hp = min(max_hp, max(0, hp + condition.hp_per_turn))
    return hp


def takes_the_last(fight: Encounter) -> bool:
    """Whether all enemies that still stand fall to their conditions, so that nobody is left to fight."""
    standing = [enemy for enemy in fight.enemies if enemy.hp]
    return bool(standing) and all(
        enemy.hp + min(0, sum(condition.hp_per_turn for condition in enemy.conditions)) <= 0 for enemy in standing
    )
