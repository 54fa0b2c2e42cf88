"""The canon that the rules need here and now."""

from pydantic import Field

from contracts.canon.cats import Item
from contracts.canon.figures import Ability, EntityRef
from contracts.canon.people import Npc
from contracts.canon.places import Enemy, LootTable, Place, Shop
from contracts.canon.quests import Ending, Quest, Secret
from contracts.envelope import Value


class CanonSlice(Value):
    """The figures the rules need here and now: this place, who and what is in it, what the character carries or
    is promised. Bounded: at most 24 KiB as JSON. Holds hidden things, so it goes to the rules and never to a model."""

    place: Place
    neighbours: tuple[EntityRef, ...] = Field(default=(), max_length=8)
    npcs: tuple[Npc, ...] = Field(default=(), max_length=6)
    enemies: tuple[Enemy, ...] = Field(default=(), max_length=8)
    items: tuple[Item, ...] = Field(default=(), max_length=80)
    loot: tuple[LootTable, ...] = Field(default=(), max_length=8)
    shop: Shop | None = None
    quests: tuple[Quest, ...] = Field(default=(), max_length=12, description="Active ones and those offered here.")
    secrets: tuple[Secret, ...] = Field(default=(), max_length=12, description="What can be learnt here.")
    abilities: tuple[Ability, ...] = Field(default=(), max_length=4)
    endings: tuple[Ending, ...] = Field(default=(), max_length=4)
    haven: EntityRef = Field(description="Where a cat wakes after losing a life.")
