"""The nodes of the city, and what waits in them."""

from typing import Annotated

from pydantic import Field

from contracts.canon.figures import (
    Affliction,
    Aliases,
    Ambience,
    Check,
    DamageType,
    Deeds,
    Dice,
    Difficulty,
    Modifier,
    Name,
)
from contracts.envelope import Slug, Text, Value


class Lock(Value):
    """The bar of an exit: a key opens it, or one of the checks."""

    key: Slug | None = None
    checks: tuple[Check, ...] = Field(default=(), max_length=5)


class Exit(Value):
    """A way from one place to another."""

    id: Slug
    to: Slug
    name: Name
    lock: Lock | None = None
    secret: Slug | None = Field(default=None, description="Unseen until this secret is revealed.")
    hazard: Affliction | None = Field(default=None, description="What passing through may do.")
    aliases: Aliases = ()
    deeds: Deeds = ()


class Reward(Value):
    """A reward that the rules pay."""

    xp: int = Field(default=0, ge=0, le=2000)
    credits: int = Field(default=0, ge=0, le=5000)
    items: tuple[Slug, ...] = Field(default=(), max_length=6)
    disposition: dict[Slug, Annotated[int, Field(ge=-3, le=3)]] = Field(
        default_factory=dict, description="By character."
    )
    reveals: tuple[Slug, ...] = Field(default=(), max_length=6, description="Secrets learnt.")


class Feature(Value):
    """Something in a place that can be tried with paws or wits: a terminal, a vent, a shrine."""

    id: Slug
    name: Name
    description: Text
    checks: tuple[Check, ...] = Field(min_length=1, max_length=5, description="Any one of them will do.")
    reward: Reward = Reward.model_construct()
    success: Text
    failure: Text
    mishap: Affliction | None = Field(default=None, description="What a bad failure may do.")
    secret: Slug | None = Field(default=None, description="Unseen until this secret is revealed.")
    aliases: Aliases = ()
    deeds: Deeds = ()


class Find(Value):
    """Something that lies in a place and can be taken once."""

    id: Slug
    item: Slug | None = None
    credits: int = Field(default=0, ge=0, le=1000)
    quantity: int = Field(default=1, ge=1, le=20)
    secret: Slug | None = Field(default=None, description="Unseen until this secret is revealed.")
    aliases: Aliases = ()


class Spawn(Value):
    """Enemies that wait in a place until they are beaten."""

    id: Slug
    enemy: Slug
    count: int = Field(default=1, ge=1, le=4)
    hostile: bool = Field(default=False, description="They attack on sight; others wait to be provoked.")
    secret: Slug | None = Field(default=None, description="Unseen until this secret is revealed.")


class Place(Value):
    """A node of the city."""

    id: Slug
    name: Name
    district: Name
    description: Text
    safe: bool = Field(default=False, description="One can rest here.")
    danger: int = Field(default=0, ge=0, le=5)
    exits: tuple[Exit, ...] = Field(min_length=1, max_length=8)
    features: tuple[Feature, ...] = Field(default=(), max_length=6)
    finds: tuple[Find, ...] = Field(default=(), max_length=6)
    spawns: tuple[Spawn, ...] = Field(default=(), max_length=4)
    npcs: tuple[Slug, ...] = Field(default=(), max_length=6)
    shop: Slug | None = None
    aliases: Aliases = ()
    indoors: bool = Field(default=False, description="No weather in here.")
    ambience: Ambience = ()


class LootEntry(Value):
    weight: int = Field(ge=1, le=100)
    item: Slug | None = None
    credits: Dice | None = None


class LootTable(Value):
    id: Slug
    entries: tuple[LootEntry, ...] = Field(min_length=1, max_length=12)


class Enemy(Value):
    """A kind of opponent. An encounter holds instances of it."""

    id: Slug
    name: Name
    description: Text
    hp: int = Field(ge=1, le=200)
    armour: int = Field(ge=5, le=22)
    attack: int = Field(ge=0, le=12, description="Added to its attack rolls.")
    damage: Dice
    damage_type: DamageType
    resists: tuple[DamageType, ...] = Field(default=(), max_length=7, description="Half damage, rounded down.")
    weak: tuple[DamageType, ...] = Field(default=(), max_length=7, description="Double damage.")
    speed: Modifier = 0
    senses: Difficulty = 12
    xp: int = Field(ge=1, le=1000)
    loot: Slug | None = None
    afflicts: Affliction | None = Field(default=None, description="On a hit.")
    aliases: Aliases = ()


class StockLine(Value):
    item: Slug
    price: int = Field(ge=1, le=10_000)
    quantity: int = Field(ge=1, le=20)


class Shop(Value):
    id: Slug
    name: Name
    keeper: Slug
    stock: tuple[StockLine, ...] = Field(min_length=1, max_length=12)
    buys_at: int = Field(default=50, ge=0, le=100, description="Per cent of an item's price paid to the player.")
