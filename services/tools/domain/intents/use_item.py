"""use_item: the good of a thing, for oneself or against an enemy."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Use
from contracts.effects import ChargeSpent, ItemLost
from contracts.state import ItemInstance
from contracts.tools import Refusal
from services.tools.domain.aim import Quarry, aim, engage
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.recovery import cure, heal, recharge, take_on
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.strike import afflict, finish, wound
from services.tools.domain.surroundings import Foe, Surroundings


class UseItem(Intent):
    """Use a thing you carry: eat it, apply it, throw it."""

    item: Word = Field(description="Carried item id.", json_schema_extra={"refers_to": "carried-item"})
    target: Word | None = Field(
        default=None, description="Enemy, for things that harm.", json_schema_extra={"refers_to": "enemy-or-character"}
    )


def use_item(intent: UseItem, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    thing = here.find_carried(intent.item)
    useful = [known.id for known in here.character.inventory if known.use and known.charges != 0]
    if thing is None:
        return refuse_unknown("item", useful)
    if thing.use is None:
        return refuse("no-use", "Only some things can be used.", f"{thing.name} is not for using.", useful)
    if thing.charges == 0:
        return refuse("spent", "A thing without charges does nothing.", f"{thing.name} is empty.", useful)
    harms = bool(thing.use.damage or thing.use.afflicts)
    target = aim(intent.target, here) if harms else None
    if isinstance(target, Refusal):
        return target
    if not harms and not _helps(thing.use, here):
        return refuse("no-need", "Nothing is used for nothing.", f"You have no need of {thing.name} now.", useful)
    ruling = Ruling()
    ruling.tells(f"You use {thing.name}.", thing)
    _use_up(thing, ruling)
    _for_oneself(thing.use, dice, here, ruling)
    if target:
        _against(thing, thing.use, target, here, dice, ruling)
    return ruling


def _helps(use: Use, here: Surroundings) -> bool:
    cat = here.character
    return bool(
        (use.heal and cat.hp < cat.max_hp)
        or (use.energy and cat.energy < cat.max_energy)
        or use.condition
        or any(here.suffers(cured) for cured in use.cures)
    )


def _use_up(thing: ItemInstance, ruling: Ruling) -> None:
    """A thing with charges loses one; a consumable without is gone; any other tool lasts."""
    if thing.charges is not None:
        ruling.does(ChargeSpent(instance=thing.id))
    elif thing.kind == "consumable":
        ruling.does(ItemLost(instance=thing.id))


def _for_oneself(use: Use, dice: Roller, here: Surroundings, ruling: Ruling) -> None:
    cure(use.cures, here, ruling)
    heal(use.heal, dice, here, ruling)
    recharge(use.energy, dice, here, ruling)
    take_on(use.condition, ruling)


def _against(
    thing: ItemInstance, use: Use, target: Foe | Quarry, here: Surroundings, dice: Roller, ruling: Ruling
) -> None:
    """Throw the thing at the target. A throw always lands; an affliction can still be saved against."""
    at = engage(target, here, dice, ruling)
    left: int | None = None
    if use.damage:
        left = wound(at.foe, dice.sum("damage", use.damage), use.damage_type or thing.damage_type or "blunt", ruling)
    if use.afflicts and left != 0:
        afflict(use.afflicts, at.foe, dice, ruling)
    finish(at.foe, left, at.encounter, here, dice, ruling)
