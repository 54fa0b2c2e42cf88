"""Things gained, lost and used."""

from __future__ import annotations

from contracts.effects import ChargeSpent, ItemGained, ItemLost
from contracts.state import Character, ItemInstance, Scene
from services.campaign.domain.bounds import INVENTORY
from services.campaign.domain.derive import load
from services.campaign.domain.folding.working import Folded, No, with_cat, with_state

Bag = tuple[ItemInstance, ...]


def find_carried(character: Character, instance: str) -> ItemInstance | No:
    """The instance of this id, if it is carried."""
    found = next((item for item in character.inventory if item.id == instance), None)
    return found or No("not-carried", f"{instance} is not carried.")


def item_gained(effect: ItemGained, scene: Scene) -> Folded:
    """Fills up stacks of the same thing first, then takes new places in the bag, each with a number of its own."""
    cat, new = scene.state.character, effect.item
    if load(cat) + new.weight * new.quantity > cat.capacity:
        return No("too-heavy", f"{new.name} is too much to carry.")
    bag, rest = _fill_stacks(cat, new)
    gained = scene.state.gained
    while rest > 0:
        gained += 1
        quantity = min(rest, _stack(new))
        bag = (*bag, new.model_copy(update={"id": instance_id(new.item, gained), "quantity": quantity}))
        rest -= quantity
    if len(bag) > INVENTORY:
        return No("bag-full", f"There is no place in the bag for {new.name}.")
    return with_state(with_cat(scene, inventory=bag), gained=gained)


def item_lost(effect: ItemLost, scene: Scene) -> Folded:
    """The last one of a stack goes out of the bag, and off the body when it was worn."""
    cat = scene.state.character
    item = find_carried(cat, effect.instance)
    if isinstance(item, No):
        return item
    left = item.quantity - effect.quantity
    if left < 0:
        return No("too-few", f"There are only {item.quantity} of {item.name}.")
    if left > 0:
        return with_cat(scene, inventory=_put(cat.inventory, item.model_copy(update={"quantity": left})))
    return with_cat(
        scene,
        inventory=tuple(one for one in cat.inventory if one.id != item.id),
        equipment={slot: worn for slot, worn in cat.equipment.items() if worn != item.id},
    )


def charge_spent(effect: ChargeSpent, scene: Scene) -> Folded:
    cat = scene.state.character
    item = find_carried(cat, effect.instance)
    if isinstance(item, No):
        return item
    if not item.charges:
        code = "empty" if item.charges == 0 else "not-charged"
        return No(code, f"{item.name} has no charge to spend.")
    return with_cat(scene, inventory=_put(cat.inventory, item.model_copy(update={"charges": item.charges - 1})))


def instance_id(item: str, number: int) -> str:
    """The id of the instance that was gained as the `number`th: the kind for people, the number for uniqueness."""
    return f"{item[: 63 - len(str(number))]}-{number}"


def _stack(item: ItemInstance) -> int:
    """The number that share a place. Things with charges never do: each has its own left."""
    return item.stack if item.charges is None else 1


def _fill_stacks(cat: Character, new: ItemInstance) -> tuple[Bag, int]:
    """The bag with the stacks of this thing filled up, and how many are left over."""
    rest, bag = new.quantity, []
    for item in cat.inventory:
        shares = new.charges is None and _alike(item, new)
        room = max(0, min(rest, item.stack - item.quantity)) if shares else 0
        bag.append(item.model_copy(update={"quantity": item.quantity + room}) if room else item)
        rest -= room
    return tuple(bag), rest


def _alike(one: ItemInstance, other: ItemInstance) -> bool:
    """The same thing, as the same version of the world describes it: a stack has one weight and one price."""
    return one == other.model_copy(update={"id": one.id, "quantity": one.quantity})


def _put(bag: Bag, changed: ItemInstance) -> Bag:
    return tuple(changed if item.id == changed.id else item for item in bag)
