"""lore: the world pack (canon) and what of it a turn needs."""

from operator import not_

from pydantic import Field

from contracts.canon import (
    Ability,
    Aliases,
    Ambience,
    CatClass,
    Deeds,
    Ending,
    Enemy,
    EntityRef,
    GoalKind,
    Item,
    LootTable,
    Manifest,
    Npc,
    NpcVoice,
    Place,
    Quest,
    Secret,
    Shop,
    Stat,
)
from contracts.envelope import Envelope, Event, Message, Slug, Text, Value
from contracts.state import CampaignState, Scene

__all__ = [
    "DescribeWorld",
    "LoreRetrieved",
    "LoreRetrievedV1",
    "RetrieveLore",
    "WorldDescribed",
    "seen_of",
]


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


class Thing(EntityRef):
    """Something to be tried, taken, carried or fought."""

    description: Text = ""
    stats: tuple[Stat, ...] = Field(default=(), description="For a feature: what it can be tried with.")
    count: int = 1
    aliases: Aliases = ()
    deeds: Deeds = ()


class Want(Value):
    """What a quest under way wants done next. What the character may not know yet is left out."""

    quest: Slug
    stage: Slug
    kind: GoalKind
    target: EntityRef | None = Field(default=None, exclude_if=not_)
    to: EntityRef | None = Field(default=None, exclude_if=not_, description="For deliver: who receives it.")
    at: EntityRef | None = Field(default=None, exclude_if=not_, description="Where that is to be done.")


class Pay(Value):
    """What a quest pays in the end. Which things they are is its giver's to show."""

    quest: Slug
    credits: int = Field(default=0, ge=0, le=5000)
    xp: int = Field(default=0, ge=0, le=2000)
    items: int = Field(default=0, ge=0, le=6, description="How many things.")


class Briefing(Value):
    """What a character can see from where they stand. Safe to show to a player and to a model."""

    place: EntityRef
    district: str
    description: Text
    safe: bool
    exits: tuple[Way, ...] = ()
    npcs: tuple[Person, ...] = ()
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


class RetrieveLore(Message):
    """Find what a turn needs to know of the world. Passages are ranked by words: no model is asked."""

    envelope: Envelope
    action: Text
    scene: Scene


def seen_of(state: CampaignState) -> tuple[object, ...]:
    """All of a state that retrieval rests on: equal for two states, what is retrieved for them is equal, too.

    Wounds, money, time and how far a fight has gone are no part of it.
    """
    cat, fight = state.character, state.encounter
    return (
        (state.world, state.place, state.places, state.unlocked, state.revealed, state.taken, state.used),
        (state.cleared, state.met, state.sold),
        (cat.class_id, tuple(known.ability for known in cat.abilities), cat.inventory),
        tuple((quest.id, quest.status, quest.stage) for quest in state.quests),
        (fight.spawn, tuple(each.enemy for each in fight.enemies)) if fight else None,
    )


class LoreRetrieved(Message):
    envelope: Envelope
    canon: CanonSlice
    briefing: Briefing
    passages: tuple[Passage, ...] = Field(default=(), max_length=8)
    common: str = Field(max_length=16_000, description="What every citizen knows: the same bytes on every turn.")
    names: tuple[str, ...] = Field(default=(), max_length=400, description="Every public name; a story may use them.")
    guarded: tuple[str, ...] = Field(default=(), max_length=200, description="Names that must not be spoken yet.")


class DescribeWorld(Message):
    """What a player may know before starting. Needs no envelope: it is the same for everybody."""

    world: Slug | None = Field(default=None, description="None is the pack this deployment plays.")


class WorldDescribed(Message):
    manifest: Manifest
    classes: tuple[CatClass, ...] = Field(min_length=1, max_length=12)
    places: tuple[EntityRef, ...] = Field(max_length=64, description="Those everybody has heard of.")
    start: Place
    haven: EntityRef
    items: tuple[Item, ...] = Field(max_length=64, description="Every item a class starts with.")


class LoreRetrievedData(Value):
    place: Slug
    passages: int = Field(ge=0)
    candidates: int = Field(ge=0, description="Documents that shared a word with the action.")


class LoreRetrievedV1(Event):
    """Progress: the lore for a round of a turn was found."""

    detail_type = "LoreRetrieved.v1"
    producer = "ninelives.lore"
    data: LoreRetrievedData
