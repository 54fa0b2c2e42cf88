"""Values that the rules reckon with, in a world and in a state."""

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
"""Somebody's words, with its quotation marks: short enough to be a fact of a turn."""


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
    """Results of using up a consumable (or a charge of a tool)."""

    heal: Dice | None = None
    energy: Dice | None = None
    damage: Dice | None = Field(default=None, description="To one enemy.")
    damage_type: DamageType | None = None
    condition: Condition | None = Field(default=None, description="On the user.")
    afflicts: Affliction | None = Field(default=None, description="On one enemy.")
    cures: tuple[Slug, ...] = Field(default=(), max_length=12, description="Ids of conditions taken off the user.")


class Ability(Value):
    """An ability of a class, which others lack. At least one of cost, cooldown and charges limits it."""

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


class NpcVoice(Value):
    """A character's way of talking. Its lines hold no news: no secret, no promise, no quantity."""

    manner: Line = Field(default="", exclude_if=not_, description="How they speak, for whoever tells the story.")
    greeting: Line = Field(default="", exclude_if=not_, description="At the first talk.")
    again: Line = Field(default="", exclude_if=not_, description="At a later one.")
    unknown: Line = Field(default="", exclude_if=not_, description="To what they know nothing about.")
    small_talk: tuple[Line, ...] = Field(default=(), max_length=6, exclude_if=not_)
    farewell: Line = Field(default="", exclude_if=not_)


GoalKind = Literal["reach", "defeat", "hold", "talk", "use", "deliver", "learn"]
