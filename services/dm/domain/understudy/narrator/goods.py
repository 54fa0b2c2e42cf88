"""Goods: what a thing or an ability is good for, in words with the figures that belong to it."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.canon import Ability, Affliction, Condition, Dice, Use
from contracts.lore import Pay
from contracts.state import AbilityState, ItemInstance, Scene
from services.dm.domain.readiness import find_hindrance
from services.dm.domain.understudy.narrator.grammar import join_names

_KINDS: Mapping[str, str] = {
    "armour": "something to wear between you and the world",
    "consumable": "good for once",
    "gear": "something to wear",
    "key": "something that will be wanted",
    "tool": "a tool",
    "treasure": "a treasure, in its way",
    "weapon": "a weapon",
}
LABELS = {**_KINDS, "heals": "it mends", "energises": "it gives back energy", "harms": "it hurts an enemy"}
"""By what a ware is told to be, what that says of it."""
RESTED = "rested"
"""The condition that only says that one has rested lately."""
_TIMES = {1: "once", 2: "twice"}


def good_for(item: ItemInstance) -> str:
    """The use of a thing: "something that mends 1d6"."""
    if item.use and (does := _effects(item.use)):
        left = f" ({item.charges or 'nothing'} left in it)" if item.charges is not None else ""
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


def abilities_do(state: AbilityState) -> tuple[str, ...]:
    """The effects of an ability at its rank, as ends of sentences that begin with it."""
    known = _add_rank(state)
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


def _add_rank(state: AbilityState) -> Ability:
    """The ability with what its rank adds to its dice."""
    known, more = state.ability, state.rank - 1
    raised = {
        which: thrown.model_copy(update={"bonus": thrown.bonus + more})
        for which, thrown in (("strike", known.strike), ("heal", known.heal))
        if thrown
    }
    return known.model_copy(update=raised)


def _gives(condition: Condition) -> str:
    return f"makes you {condition.name.lower()} for {turns(condition.turns)}"


def _afflicts(affliction: Affliction) -> str:
    return f"may leave somebody {affliction.condition.name.lower()} for {turns(affliction.condition.turns)}"


def costs(known: Ability) -> str:
    parts = (
        f"takes {known.cost} energy" if known.cost else "",
        f"rests {turns(known.cooldown)} after use" if known.cooldown else "",
        f"works {_TIMES.get(known.charges, f'{known.charges} times')} between two sleeps" if known.charges else "",
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
        *(("you cannot rest again before that",) if condition.id == RESTED else ()),
    )
    return join_names(told) or "it is more a mood than a burden"


def list_pay(pay: Pay) -> tuple[str, ...]:
    """Parts of what a quest pays. Which things they are is its giver's to show."""
    things = "something to keep" if pay.items == 1 else "some things to keep"
    parts = [f"{pay.credits} credits"] * bool(pay.credits) + [things] * bool(pay.items)
    return (*parts, *([f"{pay.xp} experience"] * bool(pay.xp)))


def turns(number: int) -> str:
    return f"{number} turn" + ("s" if number != 1 else "")


def dice(thrown: Dice) -> str:
    if not thrown.count:
        return str(thrown.bonus)
    return f"{thrown.count}d{thrown.sides}" + (f"{thrown.bonus:+d}" if thrown.bonus else "")
