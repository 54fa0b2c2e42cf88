"""The vocabulary of a world pack: what exists, and the figures the rules work with. Owned by lore.

Ids are unique per kind within a pack. Texts are for people; every number in here is read by the rules only.
"""

from operator import not_
from typing import Annotated, Literal

from pydantic import Field

from contracts.envelope import Slug, Text, Value

Stat = Literal["claws", "paws", "whiskers", "wits", "purr"]
"""claws: fighting · paws: stealth and nimbleness · whiskers: perception · wits: machines and lore · purr: charm."""

DamageType = Literal["slash", "blunt", "pierce", "shock", "heat", "acid", "data"]
Slot = Literal["claws", "body", "head", "collar", "tail"]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Modifier = Annotated[int, Field(ge=-10, le=10)]
Difficulty = Annotated[int, Field(ge=2, le=30, description="What a d20 roll with its modifiers must reach.")]

Phrase = Annotated[str, Field(min_length=1, max_length=60)]
Line = Annotated[str, Field(max_length=400)]
"""What somebody says, with its quotation marks: short enough to be a fact of a turn."""


Aliases = Annotated[
    tuple[Phrase, ...],
    Field(max_length=12, exclude_if=not_, description="What players call it besides its name, without article."),
]
"""Left out of JSON where there are none: a state that holds canon has the hash it had before there were aliases."""

Deeds = Annotated[
    tuple[Phrase, ...],
    Field(max_length=8, exclude_if=not_, description="What one does to it, as said before its name."),
]
Ambience = Annotated[
    tuple[Line, ...],
    Field(max_length=6, exclude_if=not_, description="Sentences without news: light, sound, smell."),
]


class EntityRef(Value):
    """A thing the story may name."""

    id: Slug
    name: Name


class Dice(Value):
    """`count`d`sides` + `bonus`, for example 2d6+1."""

    count: int = Field(ge=0, le=20)
    sides: Literal[4, 6, 8, 10, 12, 20, 100] = 6
    bonus: int = Field(default=0, ge=-20, le=100)


class Check(Value):
    """An ability check against a fixed difficulty."""

    stat: Stat
    difficulty: Difficulty


class Condition(Value):
    """A temporary state of a creature. `turns` counts down once at the start of each turn; 0 removes it."""

    id: Slug
    name: Name
    turns: int = Field(ge=1, le=20)
    modifiers: dict[Stat, Modifier] = Field(default_factory=dict, description="Added to checks while it lasts.")
    armour: Modifier = 0
    hp_per_turn: int = Field(default=0, ge=-20, le=20, description="Damage (negative) or healing at each tick.")
    edge: Literal[-1, 0, 1] = Field(default=0, description="Disadvantage, none, advantage on one's own rolls.")
    exposed: Literal[-1, 0, 1] = Field(default=0, description="The same for those who roll against one.")
    skips_action: bool = False


class Affliction(Value):
    """A condition that a saving throw may shake off."""

    condition: Condition
    save: Check


class Use(Value):
    """What using up a consumable (or a charge of a tool) does."""

    heal: Dice | None = None
    energy: Dice | None = None
    damage: Dice | None = Field(default=None, description="To one enemy.")
    damage_type: DamageType | None = None
    condition: Condition | None = Field(default=None, description="On the user.")
    afflicts: Affliction | None = Field(default=None, description="On one enemy.")
    cures: tuple[Slug, ...] = Field(default=(), max_length=12, description="Ids of conditions taken off the user.")


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


class Ability(Value):
    """What a class can do that others cannot. At least one of cost, cooldown and charges limits it."""

    id: Slug
    name: Name
    description: Text
    cost: int = Field(default=0, ge=0, le=20, description="Energy.")
    cooldown: int = Field(default=0, ge=0, le=10, description="Turns before it can be used again.")
    charges: int | None = Field(default=None, ge=1, le=5, description="Uses between two rests.")
    target: Literal["self", "enemy", "npc", "place"] = "self"
    strike: Dice | None = Field(default=None, description="Damage to the target; needs an attack roll with `stat`.")
    damage_type: DamageType | None = None
    stat: Stat = "claws"
    heal: Dice | None = None
    condition: Condition | None = Field(default=None, description="On the user.")
    afflicts: Affliction | None = Field(default=None, description="On the target.")
    reveals: bool = Field(default=False, description="Uncovers what is hidden in this place.")
    charms: int = Field(default=0, ge=0, le=3, description="Disposition gained with the target.")
    escapes: bool = Field(default=False, description="Ends the encounter by getting away, without a roll.")
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


class Lock(Value):
    """What bars an exit: a key opens it, or one of the checks."""

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
    """What the rules pay."""

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


class Topic(Value):
    """What a character can tell about. Guarded topics need a good disposition or a successful check."""

    id: Slug
    name: Name
    text: Text
    disposition: int = Field(default=-3, ge=-3, le=3, description="The least disposition that opens it.")
    reveals: tuple[Slug, ...] = Field(default=(), max_length=4)
    aliases: Aliases = ()


class NpcVoice(Value):
    """How somebody talks. Its lines hold no news: no secret, no promise, no quantity."""

    manner: Line = Field(default="", exclude_if=not_, description="How they speak, for whoever tells the story.")
    greeting: Line = Field(default="", exclude_if=not_, description="At the first talk.")
    again: Line = Field(default="", exclude_if=not_, description="At a later one.")
    unknown: Line = Field(default="", exclude_if=not_, description="To what they know nothing about.")
    small_talk: tuple[Line, ...] = Field(default=(), max_length=6, exclude_if=not_)
    farewell: Line = Field(default="", exclude_if=not_)


class Npc(Value):
    """Somebody to talk to."""

    id: Slug
    name: Name
    role: Name
    description: Text
    faction: Slug | None = None
    disposition: int = Field(default=0, ge=-3, le=3, description="-3 hostile … 3 devoted, at the first meeting.")
    resolve: Difficulty = 12
    approaches: dict[Slug, Modifier] = Field(
        default_factory=dict, description="flatter, threaten, reason, …: how it lands."
    )
    topics: tuple[Topic, ...] = Field(default=(), max_length=6)
    aliases: Aliases = ()
    voice: NpcVoice | None = Field(default=None, exclude_if=not_)


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


GoalKind = Literal["reach", "defeat", "hold", "talk", "use", "deliver", "learn"]


class Goal(Value):
    """What finishes a stage of a quest. `target` names a place, enemy, item, character, feature or secret."""

    kind: GoalKind
    target: Slug
    count: int = Field(default=1, ge=1, le=20, description="For defeat and hold.")
    to: Slug | None = Field(default=None, description="For deliver: the character who receives it.")


class QuestStage(Value):
    id: Slug
    text: Text
    goal: Goal
    reward: Reward = Reward.model_construct()


class Quest(Value):
    """A story with stages. It is offered by `giver`, who must like the player enough."""

    id: Slug
    name: Name
    arc: Name
    summary: Text
    giver: Slug
    disposition: int = Field(default=-1, ge=-3, le=3)
    requires: tuple[Slug, ...] = Field(default=(), max_length=4, description="Quests to complete first.")
    stages: tuple[QuestStage, ...] = Field(min_length=1, max_length=6)
    reward: Reward = Reward.model_construct()
    ending: Slug | None = Field(default=None, description="Completing it ends the campaign this way.")
    aliases: Aliases = ()


class Ending(Value):
    id: Slug
    name: Name
    text: Text


class Faction(Value):
    id: Slug
    name: Name
    description: Text


class Rumour(Value):
    id: Slug
    text: Text
    about: tuple[Slug, ...] = Field(default=(), max_length=6, description="Ids this is about, for retrieval.")


class Secret(Value):
    """Knowledge nobody has until a campaign reveals it. No prompt carries it before."""

    id: Slug
    name: Name
    text: Text


class Opening(Value):
    """How the story begins, before the first turn: a place, somebody who speaks, a want and a choice."""

    text: Text
    suggested_actions: tuple[Phrase, ...] = Field(default=(), max_length=4, exclude_if=not_)


class Manifest(Value):
    """What a pack says about itself."""

    id: Slug
    name: Name
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    tone: Text
    premise: Text
    start: Slug = Field(description="Where a new character wakes.")
    haven: Slug = Field(description="Where a cat wakes after losing a life.")
    opening: Opening | None = Field(default=None, exclude_if=not_)
