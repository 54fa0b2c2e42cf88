"""What the cat knows of itself: its bag, its purse, its body, its gifts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contracts.canon import Ability, Affliction, Condition, Dice, Slot, Stat, Use
from contracts.dm import InvokeDungeonMaster
from contracts.state import AbilityState, ItemInstance, Scene
from services.dm.domain.understudy.narrator.grammar import join_names
from services.dm.domain.understudy.narrator.scenery import FactGroups, describe_own

_SLOTS: Mapping[Slot, str] = {
    "claws": "on the claws",
    "body": "on the body",
    "head": "on the head",
    "collar": "round the neck",
    "tail": "on the tail",
}
_STATS: tuple[Stat, ...] = ("claws", "paws", "whiskers", "wits", "purr")


def inventory(request: InvokeDungeonMaster) -> FactGroups:
    """All that is carried, each with what it is good for."""
    cat = request.scene.state.character
    if not cat.inventory:
        return (("the bag is empty, which at least is light",),)
    worn = set(cat.equipment.values())
    on = tuple(_with_use(item) for item in cat.inventory if item.id in worn)
    packed = tuple(_with_use(item) for item in cat.inventory if item.id not in worn)
    return (
        (f"in the bag there is {join_names(packed)}" if packed else "the bag itself is empty",),
        (f"worn already: {join_names(on)}",) if on else (),
    )


def worn(request: InvokeDungeonMaster) -> FactGroups:
    cat = request.scene.state.character
    known = {item.id: item for item in cat.inventory}
    on = tuple(f"{known[id].name} {_SLOTS[slot]}" for slot, id in cat.equipment.items() if id in known)
    return ((f"besides the fur there is {join_names(on)}" if on else "there is nothing on you but fur",),)


def money(request: InvokeDungeonMaster) -> FactGroups:
    credits = request.scene.state.character.credits
    return ((f"the purse holds {credits} credits" if credits else "the purse holds a hole and no credits",),)


def load(request: InvokeDungeonMaster) -> FactGroups:
    scene = request.scene
    weight, most = scene.derived.load, scene.state.character.capacity
    ending = "there is no room for anything heavy" if weight >= most else "there is still room"
    return ((f"the bag weighs {weight} of the {most} it can hold, so {ending}",),)


def self(request: InvokeDungeonMaster) -> FactGroups:
    """Who the cat is, in figures as the campaign keeps them."""
    scene, cat = request.scene, request.scene.state.character
    now = scene.derived.stats
    stats = tuple(f"{stat} {now.get(stat, cat.stats.get(stat, 0))}" for stat in _STATS)
    return (
        (
            f"the name is {cat.name}, {cat.class_name}, level {cat.level}",
            f"{cat.hp} of {cat.max_hp} hit points and {cat.energy} of {cat.max_energy} energy",
            f"{cat.credits} credits and {cat.lives} lives are left",
        ),
        (f"it comes down to {join_names(stats)}, and whoever strikes must beat an armour of {scene.derived.armour}",),
    )


def abilities(request: InvokeDungeonMaster) -> FactGroups:
    known = request.scene.state.character.abilities
    if not known:
        return (("there is no trick up this sleeve, and no sleeve",),)
    return tuple(
        (f"{each.ability.name}, which {_costs(each.ability)} and {_readiness(each, request.scene)}",) for each in known
    )


def level(request: InvokeDungeonMaster) -> FactGroups:
    cat, at = request.scene.state.character, request.scene.derived.next_level_xp
    further = (
        f"the next one comes at {at} experience, of which {cat.xp} are there" if at else "that is as high as cats go"
    )
    gives = f"a level brings {cat.hp_per_level} more to the hit points, and a choice of a stat or an ability"
    open_ = ("a choice is waiting for you to make it",) if cat.choices else ()
    return ((f"you are level {cat.level}", further, *(open_ or (gives,))),)


def lives(request: InvokeDungeonMaster) -> FactGroups:
    left = request.scene.state.character.lives
    return ((f"{left} of nine lives are left",) if left < 9 else ("all nine lives are still there",),)


def health(request: InvokeDungeonMaster) -> FactGroups:
    cat = request.scene.state.character
    feels = "sound" if cat.hp >= cat.max_hp else "scratched" if cat.hp * 2 > cat.max_hp else "badly torn"
    if cat.hp * 4 <= cat.max_hp:
        feels = "held together by spite"
    suffered = conditions(request)[0] if cat.conditions else ()
    return (
        (f"the body is {feels}: {cat.hp} of {cat.max_hp} hit points, and {cat.energy} of {cat.max_energy} energy",),
        suffered,
    )


def conditions(request: InvokeDungeonMaster) -> FactGroups:
    suffered = request.scene.state.character.conditions
    if not suffered:
        return (("nothing ails you beyond the usual",),)
    return (tuple(f"{each.name}, for {_turns(each.turns)}: {_felt(each)}" for each in suffered),)


def ability(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """One ability: what it is, costs, does, and when it is ready."""
    known = next((a for a in request.scene.state.character.abilities if a.ability.id == about), None)
    if known is None:
        return abilities(request)
    does = _does(known.ability)
    return (
        (known.ability.name, *describe_own(known.ability.description, request)),
        (
            f"it {_costs(known.ability)}, {_readiness(known, request.scene)}"
            + (f", and it {join_names(does)}" if does else ""),
        ),
    )


def does(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """What a thing is good for. Of a ware nobody knows more than its label."""
    item = carried(about, request)
    if item:
        return ((f"{item.name} is {_good_for(item)}",),)
    return price(about, request)


def price(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """What a thing costs here, or what the label on one's own says it is worth."""
    seen = request.briefing
    ware = next((ware for ware in seen.wares if ware.id == about), None)
    item = carried(about, request)
    if ware:
        stock = "and there is some left" if ware.left else "and it is sold out"
        return ((f"{ware.name} costs {ware.price} credits here, {stock}",),)
    if item and not item.price:
        return ((f"{item.name} has no price, and nobody would name one",),)
    if item:
        return ((f"{item.name} is valued at {item.price} credits, and whoever buys from a cat pays less",),)
    return (("nobody here puts a price on that",),)


def carried(about: str, request: InvokeDungeonMaster) -> ItemInstance | None:
    """What is carried, by the id of the instance or of its kind."""
    return next((i for i in request.scene.state.character.inventory if about in (i.id, i.item)), None)


def _with_use(item: ItemInstance) -> str:
    count = f" ({item.quantity})" if item.quantity > 1 else ""
    return f"{item.name}{count}, {_good_for(item)}"


def _good_for(item: ItemInstance) -> str:
    if item.use:
        effects = _effects(item.use)
        left = f" ({item.charges} left in it)" if item.charges is not None else ""
        if effects:
            return f"something that {join_names(effects)}{left}"
    if item.damage:
        return f"a weapon that strikes for {_dice(item.damage)} with {item.stat}"
    kinds = {
        "armour": "something to wear between you and the world",
        "gear": "something to wear",
        "key": "a key to something",
        "treasure": "worth more to somebody else",
        "tool": "a tool",
        "weapon": "a weapon",
        "consumable": "good for once",
    }
    helps = tuple(f"{value:+d} to {stat}" for stat, value in item.modifiers.items() if value)
    helps = (*helps, f"{item.armour:+d} to armour") if item.armour else helps
    return kinds[item.kind] + (f" ({join_names(helps)})" if helps else "")


def _effects(use: Use) -> tuple[str, ...]:
    return tuple(
        told
        for told in (
            f"mends {_dice(use.heal)}" if use.heal else "",
            f"gives back {_dice(use.energy)} of energy" if use.energy else "",
            f"hurts for {_dice(use.damage)}" if use.damage else "",
            _gives(use.condition) if use.condition else "",
            _afflicts(use.afflicts) if use.afflicts else "",
            f"takes off {join_names(tuple(cure.replace('-', ' ') for cure in use.cures), 'or')}" if use.cures else "",
        )
        if told
    )


def _does(known: Ability) -> tuple[str, ...]:
    return tuple(
        told
        for told in (
            f"strikes for {_dice(known.strike)} with {known.stat}" if known.strike else "",
            f"mends {_dice(known.heal)}" if known.heal else "",
            _gives(known.condition) if known.condition else "",
            _afflicts(known.afflicts) if known.afflicts else "",
            "shows what is hidden in a place" if known.reveals else "",
            "warms somebody to you" if known.charms else "",
            "gets you out of a fight" if known.escapes else "",
        )
        if told
    )


def _gives(condition: Condition) -> str:
    return f"makes you {condition.name} for {_turns(condition.turns)}"


def _afflicts(affliction: Affliction) -> str:
    return f"may leave somebody {affliction.condition.name} for {_turns(affliction.condition.turns)}"


def _costs(known: Ability) -> str:
    parts = (
        f"takes {known.cost} energy" if known.cost else "",
        f"rests {_turns(known.cooldown)} after use" if known.cooldown else "",
        f"works {known.charges} times between two sleeps" if known.charges else "",
    )
    return join_names(tuple(filter(None, parts))) or "costs nothing"


def _readiness(known: AbilityState, scene: Scene) -> str:
    if known.charges == 0:
        return "is spent until you sleep"
    if known.ready_in > 1:
        return f"is ready in {_turns(known.ready_in)}"
    if known.ability.cost > scene.state.character.energy:
        return "wants more energy than there is"
    return "is ready now"


def _felt(condition: Condition) -> str:
    felt = (
        *(f"{value:+d} to {stat}" for stat, value in condition.modifiers.items() if value),
        *((f"{condition.armour:+d} to armour",) if condition.armour else ()),
        *(("it wears you down turn by turn",) if condition.hp_per_turn < 0 else ()),
        *(("it mends you turn by turn",) if condition.hp_per_turn > 0 else ()),
        *(({1: "luck leans your way", -1: "luck leans the other way"}[condition.edge],) if condition.edge else ()),
        *(({1: "you are easier to hit", -1: "you are harder to hit"}[condition.exposed],) if condition.exposed else ()),
        *(("it keeps you from acting",) if condition.skips_action else ()),
    )
    return join_names(felt) or "more a mood than a burden"


def _turns(number: int) -> str:
    return f"{number} turn" + ("s" if number != 1 else "")


def _dice(dice: Dice) -> str:
    if not dice.count:
        return str(dice.bonus)
    return f"{dice.count}d{dice.sides}" + (f"{dice.bonus:+d}" if dice.bonus else "")


OF_SELF: Mapping[str, Callable[[InvokeDungeonMaster], FactGroups]] = {
    "inventory": inventory,
    "worn": worn,
    "money": money,
    "load": load,
    "self": self,
    "abilities": abilities,
    "level": level,
    "lives": lives,
    "health": health,
    "conditions": conditions,
}
