"""Blows: to hit, damage with resistance and weakness, afflictions, and who falls."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.canon import Affliction, DamageType, Dice, Enemy, Stat
from contracts.effects import ConditionGained, Damaged
from contracts.state import Encounter
from contracts.tools import RollModifier
from services.tools.domain.aim import Engagement, exposure
from services.tools.domain.checks import leaning, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.ruling import NamedThing, Ruling
from services.tools.domain.surroundings import Foe, Surroundings
from services.tools.domain.victory import win

MOST_DAMAGE = 500
"""The bound of the contract for one blow, whatever dice a world throws."""


@dataclass(frozen=True)
class Weapon:
    """The weapon of a blow. `damage_bonus` comes from the stat of a weapon or the rank of an ability."""

    name: str
    stat: Stat
    damage: Dice
    damage_type: DamageType
    rank: int = 0
    damage_bonus: RollModifier | None = None
    thing: NamedThing | None = None


def strike(weapon: Weapon, at: Engagement, here: Surroundings, dice: Roller, ruling: Ruling) -> int | None:
    """Roll to hit and for damage. The hit points the foe has left, or None when the blow misses."""
    foe = at.foe
    roll = dice.d20(
        "attack",
        foe.armour,
        modifiers=(
            RollModifier(name=weapon.stat, amount=here.derived.stats.get(weapon.stat, 0)),
            RollModifier(name="rank", amount=weapon.rank),
        ),
        edge=leaning(here.derived.edge, at.edge, exposure(foe)),
    )
    verdict = {"critical": "a critical hit", "success": "a hit", "fumble": "a fumble"}.get(roll.outcome or "", "a miss")
    ruling.tells(
        f"You strike at {foe.name} with {weapon.name}: {roll.total} against armour {foe.armour}, {verdict}.",
        foe,
        foe.enemy,
        weapon.thing,
    )
    if not succeeded(roll):
        return None
    thrown = double(weapon.damage) if roll.outcome == "critical" else weapon.damage
    bonuses = (weapon.damage_bonus,) if weapon.damage_bonus else ()
    return wound(foe, max(1, dice.sum("damage", thrown, modifiers=bonuses)), weapon.damage_type, ruling)


def wound(foe: Foe, rolled: int, damage_type: DamageType, ruling: Ruling) -> int:
    """Propose the damage after resistance or weakness. The hit points the foe has left."""
    amount = apply_resistance(rolled, damage_type, foe.enemy)
    ruling.does(Damaged(target=foe.id, amount=amount, damage_type=damage_type, source="character"))
    ruling.tells(f"{foe.name} takes {amount} {damage_type} damage{_why(amount, rolled)}.", foe)
    left = max(0, foe.combatant.hp - amount)
    if not left:
        ruling.tells(f"{foe.name} falls.", foe)
    return left


def afflict(peril: Affliction, foe: Foe, dice: Roller, ruling: Ruling) -> None:
    """The foe saves or suffers the condition."""
    modifier = RollModifier(name=peril.save.stat, amount=instinct(foe, peril.save.stat))
    roll = dice.d20(f"{peril.save.stat} save", peril.save.difficulty, roller=foe.name, modifiers=(modifier,))
    if succeeded(roll):
        ruling.tells(f"{foe.name} shakes off {peril.condition.name}.", foe, peril.condition)
        return
    ruling.does(ConditionGained(target=foe.id, condition=peril.condition))
    ruling.tells(f"{foe.name} now suffers {peril.condition.name}.", foe, peril.condition)


def finish(struck: Foe, left: int | None, fight: Encounter, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    """Win the fight, and pay for it, when the blow felled the last foe that stood."""
    others = [combatant for combatant in fight.enemies if combatant.hp and combatant.id != struck.id]
    if left == 0 and not others:
        win(fight, here, Holdings(here), dice, ruling)


def apply_resistance(amount: int, damage_type: DamageType, enemy: Enemy) -> int:
    """Damage after resistance (half, rounded down) and weakness (double)."""
    if damage_type in enemy.resists:
        amount //= 2
    return min(MOST_DAMAGE, amount * 2 if damage_type in enemy.weak else amount)


def instinct(foe: Foe, stat: Stat) -> int:
    """An enemy's bonus to a saving throw: speed for paws, attack for claws, senses for whiskers, else nothing."""
    born = {"paws": foe.enemy.speed, "claws": foe.enemy.attack, "whiskers": foe.enemy.senses - 10}.get(stat, 0)
    return born + sum(condition.modifiers.get(stat, 0) for condition in foe.combatant.conditions)


def double(dice: Dice) -> Dice:
    """Twice as many dice; the bonus stays."""
    return dice.model_copy(update={"count": dice.count * 2})


def _why(amount: int, rolled: int) -> str:
    if amount == rolled:
        return ""
    return ", for it is weak against that" if amount > rolled else ", for it resists that"
