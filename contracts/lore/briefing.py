"""The world as a character can see and recall it: safe to show to a player and to a model."""

from operator import not_

from pydantic import Field

from contracts.canon.figures import Aliases, Ambience, Deeds, EntityRef, GoalKind, NpcVoice, Stat
from contracts.envelope import Slug, Text, Value


class Way(EntityRef):
    """An exit that can be seen: `id` and `name` are the exit's."""

    to: EntityRef
    locked: bool = False
    aliases: Aliases = Field(default=(), description="Of the exit and of the place it leads to.")
    deeds: Deeds = ()


class Ware(EntityRef):
    price: int
    left: int
    aliases: Aliases = ()
    kinds: tuple[Slug, ...] = Field(
        default=(), description="Its kind as an item, and whether using it heals, energises or harms.", max_length=4
    )


class TopicRef(EntityRef):
    """Something that somebody would speak of."""

    aliases: Aliases = ()


class Person(EntityRef):
    role: str
    description: Text
    disposition: int
    topics: tuple[TopicRef, ...] = ()
    aliases: Aliases = ()
    voice: NpcVoice | None = None


class Acquaintance(EntityRef):
    """Somebody who is not here, and where everybody knows them to be."""

    at: EntityRef
    aliases: Aliases = ()


class Thing(EntityRef):
    """Something to be tried, taken, carried or fought."""

    description: Text = ""
    stats: tuple[Stat, ...] = Field(default=(), description="For a feature: what it can be tried with.")
    count: int = 1
    aliases: Aliases = ()
    deeds: Deeds = ()


class Want(Value):
    """The next deed that a quest under way wants. What the character may not know yet is left out."""

    quest: Slug
    stage: Slug
    kind: GoalKind
    target: EntityRef | None = Field(default=None, exclude_if=not_)
    to: EntityRef | None = Field(default=None, exclude_if=not_, description="For deliver: who receives it.")
    at: EntityRef | None = Field(default=None, exclude_if=not_, description="Where that is to be done.")


class Pay(Value):
    """The pay of a quest in the end. Which things they are is its giver's to show."""

    quest: Slug
    credits: int = Field(default=0, ge=0, le=5000)
    xp: int = Field(default=0, ge=0, le=2000)
    items: int = Field(default=0, ge=0, le=6, description="How many things.")


class Briefing(Value):
    """The world as a character can see it from where they stand. Safe to show to a player and to a model."""

    place: EntityRef
    district: str
    description: Text
    safe: bool
    exits: tuple[Way, ...] = ()
    npcs: tuple[Person, ...] = ()
    elsewhere: tuple[Acquaintance, ...] = Field(
        default=(), max_length=32, description="Who was met, is next door, or is wanted by a quest under way."
    )
    enemies: tuple[Thing, ...] = Field(
        default=(), description="By spawn id; those of a running encounter are in the scene."
    )
    features: tuple[Thing, ...] = ()
    finds: tuple[Thing, ...] = ()
    shop: EntityRef | None = None
    wares: tuple[Ware, ...] = ()
    quests: tuple[Thing, ...] = Field(default=(), description="Offered here and not yet taken.")
    abilities: tuple[Thing, ...] = ()
    opponents: tuple[Thing, ...] = Field(default=(), description="Kinds of enemy in the running encounter, by id.")
    belongings: tuple[Thing, ...] = Field(default=(), description="What is carried, by the id of the instance.")
    wants: tuple[Want, ...] = Field(default=(), max_length=32, description="Of the quests under way.")
    pays: tuple[Pay, ...] = Field(default=(), max_length=48, description="Of the quests offered here or under way.")
    indoors: bool = False
    ambience: Ambience = ()


class Passage(Value):
    """A piece of lore that matters to the action, with where it comes from."""

    id: Slug
    title: str
    text: Text
    score: float = Field(ge=0, description="Relevance; only the order means something.")
