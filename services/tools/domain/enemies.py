"""Turns of enemies: each that stands and can act strikes once, by the figures of its kind."""

from __future__ import annotations

from contracts.effects import ConditionGained, Damaged
from contracts.state import Encounter
from contracts.tools import RollModifier
from services.tools.domain.checks import leaning, save, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.ruling import Ruling
from services.tools.domain.strike import MOST_DAMAGE, double
from services.tools.domain.surroundings import Foe, Surroundings


def in_initiative_order(foes: tuple[Foe, ...]) -> tuple[Foe, ...]:
    """The quickest first; of equals, the one that was there first."""
    return tuple(sorted(foes, key=lambda foe: -foe.combatant.initiative))


def strikes(foe: Foe, fight: Encounter, exposed: int, here: Surroundings, dice: Roller, hp: int) -> tuple[Ruling, int]:
    """One enemy's turn against a cat with `hp` hit points left and this much `exposed`. What it does, and the hit
    points left after it."""
    ruling = Ruling()
    ruling.names(foe, foe.enemy)
    if any(condition.skips_action for condition in foe.combatant.conditions):
        ruling.tells(f"{foe.name} cannot act.", foe)
        return ruling, hp
    roll = dice.d20(
        "attack",
        here.derived.armour,
        roller=foe.name,
        modifiers=(
            RollModifier(name="attack", amount=foe.enemy.attack),
            RollModifier(name="conditions", amount=sum(c.modifiers.get("claws", 0) for c in foe.combatant.conditions)),
        ),
        edge=_edge(foe, fight, exposed),
    )
    if not succeeded(roll):
        ruling.tells(f"{foe.name} strikes at you and misses: {roll.total} against armour {roll.target}.", foe)
        return ruling, hp
    dice_thrown = double(foe.enemy.damage) if roll.outcome == "critical" else foe.enemy.damage
    amount = min(MOST_DAMAGE, max(1, dice.sum("damage", dice_thrown, roller=foe.name)))
    ruling.does(Damaged(target="character", amount=amount, damage_type=foe.enemy.damage_type, source=foe.id))
    ruling.tells(
        f"{foe.name} strikes you{' hard' if roll.outcome == 'critical' else ''}, {roll.total} against armour "
        f"{roll.target}, for {amount} {foe.enemy.damage_type} damage.",
        foe,
    )
    left = max(0, hp - amount)
    if left:
        _afflicts(foe, here, dice, ruling)
    else:
        ruling.tells("You fall.")
    return ruling, left


def _edge(foe: Foe, fight: Encounter, exposed: int) -> int:
    surprise = 1 if fight.surprise == "character" and fight.round == 1 else 0
    return leaning(surprise, exposed, *(condition.edge for condition in foe.combatant.conditions))


def _afflicts(foe: Foe, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    peril = foe.enemy.afflicts
    if not peril:
        return
    roll, suffered = save(dice, here.derived, peril)
    if suffered:
        ruling.does(ConditionGained(target="character", condition=suffered))
        ruling.tells(f"You now suffer {suffered.name}: {roll.total} against {roll.target}.", suffered)
    else:
        ruling.tells(f"You shake off {peril.condition.name}: {roll.total} against {roll.target}.", peril.condition)
