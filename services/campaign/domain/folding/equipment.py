"""Putting on and taking off."""

from __future__ import annotations

from contracts.effects import ItemEquipped, ItemUnequipped
from contracts.state import Scene
from services.campaign.domain.folding.items import find_carried
from services.campaign.domain.folding.working import Folded, No, with_cat


def item_equipped(effect: ItemEquipped, scene: Scene) -> Folded:
    """Goes into its slot; what was worn there goes back into the bag."""
    cat = scene.state.character
    item = find_carried(cat, effect.instance)
    if isinstance(item, No):
        return item
    if item.slot != effect.slot:
        return No("wrong-slot", f"{item.name} is not worn there.")
    if cat.equipment.get(effect.slot) == item.id:
        return No("already-worn", f"{item.name} is worn already.")
    return with_cat(scene, equipment={**cat.equipment, effect.slot: item.id})


def item_unequipped(effect: ItemUnequipped, scene: Scene) -> Folded:
    equipment = dict(scene.state.character.equipment)
    if equipment.pop(effect.slot, None) is None:
        return No("nothing-worn", "Nothing is worn there.")
    return with_cat(scene, equipment=equipment)
