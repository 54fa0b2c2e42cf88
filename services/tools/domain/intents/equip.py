"""equip and unequip: what is worn, and with it what it does."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Slot
from contracts.effects import ItemEquipped, ItemUnequipped
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, first


class Equip(Intent):
    """Put on or take in paw something you carry."""

    item: Word = Field(description="Carried item id.", json_schema_extra={"refers_to": "carried-item"})


class Unequip(Intent):
    """Take off what you wear in a slot."""

    slot: Slot


def equip(intent: Equip, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    thing = here.find_carried(intent.item)
    wearable = [known.id for known in here.character.inventory if known.slot and not here.is_worn(known)]
    if thing is None:
        return refuse_unknown("item", wearable)
    if thing.slot is None:
        return refuse("no-slot", "Only what has a slot can be worn.", f"{thing.name} cannot be worn.", wearable)
    if here.is_worn(thing):
        return refuse("already-worn", "A thing is worn once.", f"You wear {thing.name} already.", wearable)
    ruling = Ruling()
    ruling.does(ItemEquipped(instance=thing.id, slot=thing.slot))
    ruling.tells(f"You put on {thing.name}.", thing)
    return ruling


def unequip(intent: Unequip, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    worn = here.character.equipment
    thing = first(here.character.inventory, worn.get(intent.slot, ""))
    if thing is None:
        return refuse(
            "nothing-worn", "Only what is worn comes off.", f"You wear nothing as {intent.slot}.", sorted(worn)
        )
    ruling = Ruling()
    ruling.does(ItemUnequipped(slot=intent.slot))
    ruling.tells(f"You take off {thing.name}.", thing)
    return ruling
