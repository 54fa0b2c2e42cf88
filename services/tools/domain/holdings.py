"""The character's things, knowledge and reputation, as the effects proposed so far would leave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from contracts.canon import Item, Npc
from contracts.state import ItemInstance
from services.tools.domain.surroundings import Surroundings

MOST_INSTANCES = 40
"""Places in the bag, whatever the things in them weigh."""


class Holdings:
    """A running account, so that two payments of one pass neither overload the bag nor tell a secret twice."""

    def __init__(self, here: Surroundings) -> None:
        bag = here.character.inventory
        self.room = here.character.capacity - here.derived.load
        self.places = MOST_INSTANCES - len(bag)
        self.revealed = set(here.state.revealed)
        self.met = set(here.state.met)
        self.items = Counter({thing.item: 0 for thing in bag})
        for thing in bag:
            self.items[thing.item] += thing.quantity

    def fits(self, items: Iterable[Item], quantity: int = 1) -> bool:
        """Whether all of these can be carried as well."""
        wanted = list(items)
        weight = sum(item.weight for item in wanted) * quantity
        return weight <= self.room and sum(stacks(item, quantity) for item in wanted) <= self.places

    def gain(self, item: Item, quantity: int = 1) -> ItemInstance:
        """Count the things in. They come as one heap: the campaign sorts it into stacks."""
        self.room -= item.weight * quantity
        self.places -= stacks(item, quantity)
        self.items[item.id] += quantity
        return instance(item, quantity)

    def reveal(self, secret: str) -> bool:
        """Count the secret in; False when it was known."""
        news = secret not in self.revealed
        self.revealed.add(secret)
        return news

    def meet(self, npc: Npc) -> bool:
        """Count the meeting in; False when they have met before."""
        news = npc.id not in self.met
        self.met.add(npc.id)
        return news


def stacks(item: Item, quantity: int) -> int:
    """The most places in the bag that these take. Things with charges never share one."""
    return quantity if item.charges is not None else -(-quantity // item.stack)


def instance(item: Item, quantity: int = 1) -> ItemInstance:
    """Things of this kind. Their id is the kind's until the campaign gives them one of their own."""
    shared = {name: value for name, value in item if name in ItemInstance.model_fields}
    return ItemInstance.model_validate({**shared, "item": item.id, "quantity": quantity})
