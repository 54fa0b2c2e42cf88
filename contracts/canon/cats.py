"""The beginning of a campaign: a way to be a cat, the items it carries, and a pack's description of itself."""

from operator import not_
from typing import Annotated, Literal

from pydantic import Field

from contracts.canon.figures import Ability, Aliases, DamageType, Dice, Modifier, Name, Phrase, Slot, Stat, Use
from contracts.envelope import Slug, Text, Value


class Item(Value):
    """A kind of thing. What a character carries are instances of it."""

    id: Slug
    name: Name
    description: Text
    kind: Literal["weapon", "armour", "gear", "consumable", "tool", "key", "treasure"]
    slot: Slot | None = Field(default=None, description="Where it is worn; None cannot be equipped.")
    damage: Dice | None = None
    damage_type: DamageType | None = None
    stat: Stat = Field(default="claws", description="The stat a weapon strikes with.")
    armour: int = Field(default=0, ge=0, le=10)
    modifiers: dict[Stat, Modifier] = Field(default_factory=dict, description="While equipped.")
    charges: int | None = Field(default=None, ge=1, le=20, description="Uses before it is spent; None is endless.")
    use: Use | None = None
    stack: int = Field(default=1, ge=1, le=20, description="How many share one place in the bag.")
    weight: int = Field(default=1, ge=0, le=10)
    price: int = Field(default=0, ge=0, le=10_000, description="Value in credits; 0 is not for sale.")
    aliases: Aliases = ()


class CatClass(Value):
    """A way to be a cat: where a new character starts."""

    id: Slug
    name: Name
    description: Text
    stats: dict[Stat, Annotated[int, Field(ge=-2, le=5)]]
    hp: int = Field(ge=6, le=40)
    hp_per_level: int = Field(ge=1, le=10)
    energy: int = Field(ge=2, le=20)
    armour: int = Field(ge=8, le=16, description="What an attack roll must reach, before equipment.")
    credits: int = Field(ge=0, le=500)
    abilities: tuple[Ability, ...] = Field(min_length=1, max_length=4)
    items: tuple[Slug, ...] = Field(default=(), max_length=8, description="Items carried at the start.")


class Opening(Value):
    """The beginning of the story, before the first turn: a place, somebody who speaks, a want and a choice."""

    text: Text
    suggested_actions: tuple[Phrase, ...] = Field(default=(), max_length=4, exclude_if=not_)


class Manifest(Value):
    """A pack's description of itself."""

    id: Slug
    name: Name
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    tone: Text
    premise: Text
    start: Slug = Field(description="Where a new character wakes.")
    haven: Slug = Field(description="Where a cat wakes after losing a life.")
    opening: Opening | None = Field(default=None, exclude_if=not_)
