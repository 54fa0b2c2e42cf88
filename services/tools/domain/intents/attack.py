"""attack: the blow a fight is made of."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Dice
from contracts.effects import ChargeSpent
from contracts.state import ItemInstance
from contracts.tools import Refusal, RollModifier
from services.tools.domain.aim import aim, engage
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.strike import Weapon, finish, strike
from services.tools.domain.surroundings import Surroundings

BARE_CLAWS = Dice(count=1, sides=4)


class Attack(Intent):
    """Strike an enemy, in the running fight or to start one."""

    target: Word = Field(description="Enemy or spawn id.", json_schema_extra={"refers_to": "enemy-or-character"})
    weapon: Word | None = Field(
        default=None,
        description="Carried weapon; null: the one worn, or claws.",
        json_schema_extra={"refers_to": "carried-item"},
    )


def attack(intent: Attack, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    target = aim(intent.target, here)
    if isinstance(target, Refusal):
        return target
    thing = _choose(intent.weapon, here)
    if isinstance(thing, Refusal):
        return thing
    ruling = Ruling()
    at = engage(target, here, dice, ruling)
    if thing and thing.charges:
        ruling.does(ChargeSpent(instance=thing.id))
    left = strike(_weapon(thing, here), at, here, dice, ruling)
    finish(at.foe, left, at.encounter, here, dice, ruling)
    return ruling


def _choose(word: str | None, here: Surroundings) -> ItemInstance | Refusal | None:
    """The weapon of this name, or the one at hand; None is bare claws."""
    weapons = tuple(thing for thing in here.character.inventory if thing.damage and thing.kind == "weapon")
    if word is None:
        return next((thing for thing in weapons if here.is_worn(thing) and thing.charges != 0), None)
    thing = here.find_carried(word)
    if thing is None or thing not in weapons:
        return refuse_unknown("weapon", [weapon.id for weapon in weapons])
    if thing.slot and not here.is_worn(thing):
        return refuse("not-worn", "A weapon with a place to wear it strikes from there.", _say_bagged(thing), ["equip"])
    if thing.charges == 0:
        return refuse("spent", "A weapon without charges is ballast.", f"{thing.name} is empty.", ["attack"])
    return thing


def _weapon(thing: ItemInstance | None, here: Surroundings) -> Weapon:
    """The thing as a weapon in a paw. A weapon adds the stat it strikes with to its damage when that is positive."""
    stat = thing.stat if thing else "claws"
    return Weapon(
        name=thing.name if thing else "your claws",
        stat=stat,
        damage=(thing and thing.damage) or BARE_CLAWS,
        damage_type=(thing and thing.damage_type) or "slash",
        damage_bonus=RollModifier(name=stat, amount=max(0, here.derived.stats.get(stat, 0))),
        thing=thing,
    )


def _say_bagged(thing: ItemInstance) -> str:
    return f"{thing.name} is in your bag."
