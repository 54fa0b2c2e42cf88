"""Goods: what a thing or an ability is good for, in words with the figures that belong to it."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.canon import Ability, Affliction, Condition, Dice, Use
from contracts.state import AbilityState, ItemInstance, Scene
from services.dm.domain.readiness import find_hindrance
from services.dm.domain.understudy.narrator.grammar import join_names

_KINDS: Mapping[str, str] = {
    "armour": "something to wear between you and the world",
    "consumable": "good for once",
    "gear": "something to wear",
    "key": "a key to something",
    "tool": "a tool",
    "treasure": "worth more to somebody else",
    "weapon": "a weapon",
}


def good_for(item: ItemInstance) -> str:
    """The use of a thing: "something that mends 1d6"."""
    if item.use and (does := _effects(item.use)):
        left = f" ({item.charges} left in it)" if item.charges is not None else ""
        return f"something that {join_names(does)}{left}"
    if item.damage:
        return f"a weapon that strikes for {dice(item.damage)} with {item.stat}"
    helps = tuple(f"{value:+d} to {stat}" for stat, value in item.modifiers.items() if value)
    helps = (*helps, f"{item.armour:+d} to armour") if item.armour else helps
    return _KINDS[item.kind] + (f" ({join_names(helps)})" if helps else "")


def _effects(use: Use) -> tuple[str, ...]:
    told = (
        f"mends {dice(use.heal)}" if use.heal else "",
        f"gives back {dice(use.energy)} of energy" if use.energy else "",
        f"hurts for {dice(use.damage)}" if use.damage else "",
        _gives(use.condition) if use.condition else "",
        _afflicts(use.afflicts) if use.afflicts else "",
        f"takes off {join_names(tuple(cure.replace('-', ' ') for cure in use.cures), 'or')}" if use.cures else "",
    )
    return tuple(filter(None, told))


def abilities_do(known: Ability) -> tuple[str, ...]:
    """The effects of an ability, as ends of sentences that begin with it."""
    told = (
        f"strikes for {dice(known.strike)} with {known.stat}" if known.strike else "",
        f"mends {dice(known.heal)}" if known.heal else "",
        _gives(known.condition) if known.condition else "",
        _afflicts(known.afflicts) if known.afflicts else "",
        "shows what is hidden in a place" if known.reveals else "",
        "warms somebody to you" if known.charms else "",
        "gets you out of a fight" if known.escapes else "",
    )
    return tuple(filter(None, told))


def _gives(condition: Condition) -> str:
    return f"makes you {condition.name.lower()} for {turns(condition.turns)}"


def _afflicts(affliction: Affliction) -> str:
    return f"may leave somebody {affliction.condition.name.lower()} for {turns(affliction.condition.turns)}"


def costs(known: Ability) -> str:
    parts = (
        f"takes {known.cost} energy" if known.cost else "",
        f"rests {turns(known.cooldown)} after use" if known.cooldown else "",
        f"works {known.charges} times between two sleeps" if known.charges else "",
    )
    return join_names(tuple(filter(None, parts))) or "costs nothing"


def readiness(known: AbilityState, scene: Scene) -> str:
    if not (hindrance := find_hindrance(known, scene.state.character.energy)):
        return "is ready now"
    return {
        "spent": "is spent until you sleep",
        "not-ready": f"is ready in {turns(known.ready_in)}",
        "no-energy": "wants more energy than there is",
    }[hindrance]


def effects_of(condition: Condition) -> str:
    """The effects of a condition on whoever has it."""
    told = (
        *(f"{value:+d} to {stat}" for stat, value in condition.modifiers.items() if value),
        *((f"{condition.armour:+d} to armour",) if condition.armour else ()),
        *(("it wears you down turn by turn",) if condition.hp_per_turn < 0 else ()),
        *(("it mends you turn by turn",) if condition.hp_per_turn > 0 else ()),
        *(({1: "luck leans your way", -1: "luck leans the other way"}[condition.edge],) if condition.edge else ()),
        *(({1: "you are easier to hit", -1: "you are harder to hit"}[condition.exposed],) if condition.exposed else ()),
        *(("it keeps you from acting",) if condition.skips_action else ()),
    )
    return join_names(told) or "it is more a mood than a burden"


def turns(number: int) -> str:
    return f"{number} turn" + ("s" if number != 1 else "")


def dice(thrown: Dice) -> str:
    if not thrown.count:
        return str(thrown.bonus)
    return f"{thrown.count}d{thrown.sides}" + (f"{thrown.bonus:+d}" if thrown.bonus else "")
