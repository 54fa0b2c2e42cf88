"""The state of a campaign, as the campaign service keeps it and as a turn works on it. Owned by campaign.

Everything here is bounded by the world and the rules, not by the length of the story: history lives in turn
records and events.
"""

from typing import Annotated, Literal, get_args

from pydantic import Field

from contracts.canon.figures import Ability, Condition, DamageType, Dice, EntityRef, Modifier, Name, Slot, Stat, Use
from contracts.envelope import CampaignId, Slug, Text, Value

ContentLevel = Literal["family", "teen", "mature"]
CONTENT_LEVELS: tuple[ContentLevel, ...] = get_args(ContentLevel)
"""Levels of content that a story may hold, strictest first."""
USUAL_CONTENT: ContentLevel = "teen"
Disposition = Annotated[int, Field(ge=-3, le=3)]


class ItemInstance(Value):
    """A thing (or a stack of equal things) that is carried. A snapshot of canon, so that a sheet stands alone."""

    id: Slug = Field(description="Unique in the campaign; assigned when it is gained.")
    item: Slug
    name: Name
    kind: Literal["weapon", "armour", "gear", "consumable", "tool", "key", "treasure"]
    quantity: int = Field(default=1, ge=1, le=20)
    stack: int = Field(default=1, ge=1, le=20)
    slot: Slot | None = None
    armour: int = Field(default=0, ge=0, le=10)
    modifiers: dict[Stat, Modifier] = Field(default_factory=dict)
    damage: Dice | None = None
    damage_type: DamageType | None = None
    stat: Stat = "claws"
    charges: int | None = Field(default=None, ge=0, le=20)
    use: Use | None = None
    weight: int = Field(default=1, ge=0, le=10)
    price: int = Field(default=0, ge=0, le=10_000)


class AbilityState(Value):
    """An ability a character has, with what is left of it."""

    ability: Ability
    ready_in: int = Field(default=0, ge=0, le=10, description="Turns until it can be used again.")
    charges: int | None = Field(default=None, ge=0, le=5)
    rank: int = Field(default=1, ge=1, le=5, description="Raised by a choice at a level; adds to its rolls.")


class Character(Value):
    """The cat. `stats` and `armour` are what it was born with and chose; what it wears and suffers is in `Derived`."""

    name: Name
    class_id: Slug
    class_name: Name
    level: int = Field(default=1, ge=1, le=10)
    xp: int = Field(default=0, ge=0)
    choices: int = Field(default=0, ge=0, le=9, description="Levels gained whose choice is still open.")
    stats: dict[Stat, int]
    hp: int = Field(ge=0)
    max_hp: int = Field(ge=1, le=200)
    hp_per_level: int = Field(ge=1, le=10)
    energy: int = Field(ge=0)
    max_energy: int = Field(ge=0, le=40)
    armour: int = Field(ge=0, le=30)
    credits: int = Field(ge=0)
    lives: int = Field(default=9, ge=0, le=9)
    capacity: int = Field(default=20, ge=1, le=60, description="Weight it can carry.")
    abilities: tuple[AbilityState, ...] = Field(default=(), max_length=6)
    conditions: tuple[Condition, ...] = Field(default=(), max_length=12)
    inventory: tuple[ItemInstance, ...] = Field(default=(), max_length=40)
    equipment: dict[Slot, Slug] = Field(default_factory=dict, description="Slot to the id of the instance worn.")


class Derived(Value):
    """Figures computed from the character, its equipment and its conditions. Campaign computes them; others read."""

    stats: dict[Stat, int]
    armour: int
    load: int = Field(ge=0)
    edge: Literal[-1, 0, 1] = 0
    exposed: Literal[-1, 0, 1] = 0
    can_act: bool = True
    next_level_xp: int | None = Field(default=None, description="None at the highest level.")


class Combatant(Value):
    """An enemy in a running encounter, with the figures of canon it fights by."""

    id: Slug = Field(description="Unique in the encounter, for example rust-rat-2.")
    enemy: Slug
    name: Name
    hp: int = Field(ge=0)
    max_hp: int = Field(ge=1)
    initiative: int
    conditions: tuple[Condition, ...] = Field(default=(), max_length=8)


class Encounter(Value):
    """A fight. It lives in the state of the campaign and ends there: beaten, escaped, or a life lost."""

    id: Slug
    spawn: Slug
    place: Slug
    round: int = Field(default=1, ge=1)
    initiative: int = Field(description="The character's own.")
    surprise: Literal["none", "character", "enemies"] = Field(default="none", description="Who was caught unawares.")
    enemies: tuple[Combatant, ...] = Field(min_length=1, max_length=4)


class QuestState(Value):
    id: Slug
    name: Name
    arc: Name
    status: Literal["active", "completed", "failed"]
    stage: Slug
    text: Text = Field(description="What is to be done now.")
    progress: int = Field(default=0, ge=0, description="Of the stage's goal.")


class KnownPlace(Value):
    """A place on the character's own map."""

    id: Slug
    name: Name
    exits: tuple[EntityRef, ...] = Field(default=(), max_length=8, description="Where one can go on, as seen.")


class CampaignState(Value):
    """Everything the rules may depend on. `version` goes up by one with every committed turn."""

    campaign_id: CampaignId
    version: int = Field(ge=1)
    turn: int = Field(default=0, ge=0, description="Turns resolved so far.")
    status: Literal["active", "ended"] = "active"
    ending: Slug | None = None
    world: Slug
    world_version: str
    seed_commitment: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the seed, in hex.")
    character: Character
    place: EntityRef
    haven: EntityRef = Field(description="Where the cat wakes after losing a life.")
    places: tuple[KnownPlace, ...] = Field(default=(), max_length=64)
    unlocked: tuple[Slug, ...] = Field(default=(), max_length=64, description="Exits.")
    revealed: tuple[Slug, ...] = Field(default=(), max_length=64, description="Secrets.")
    taken: tuple[Slug, ...] = Field(default=(), max_length=128, description="Finds.")
    used: tuple[Slug, ...] = Field(default=(), max_length=128, description="Features that have given what they had.")
    cleared: tuple[Slug, ...] = Field(default=(), max_length=64, description="Spawns beaten.")
    defeated: dict[Slug, int] = Field(default_factory=dict, description="Enemies beaten, by kind.")
    met: dict[Slug, Disposition] = Field(default_factory=dict, description="Characters met and what they think.")
    sold: dict[str, int] = Field(default_factory=dict, description='Bought out of a shop, by "shop/item".')
    quests: tuple[QuestState, ...] = Field(default=(), max_length=32)
    encounter: Encounter | None = None
    content: ContentLevel | None = Field(
        default=None,
        exclude_if=lambda level: level is None,  # so that states of before have the hash that was published
        description="What its story may hold, as its player asked; absent: the usual of the deployment.",
    )
    gained: int = Field(default=0, ge=0, description="Item instances ever gained: the next instance's number.")


class Budget(Value):
    """Actions left this turn. Settling spends them, so two parallel attacks cannot both count."""

    action: int = Field(default=1, ge=0, le=2, description="Attack, ability, use, try, persuade, rest …")
    move: int = Field(default=1, ge=0, le=1)
    enemies_acted: bool = False
    acted: bool = Field(
        default=False, description="Whether a deed changed anything this turn; the world answers nothing else."
    )
    time_passed: bool = Field(default=False, description="Whether conditions and cooldowns have counted this turn.")


class Scene(Value):
    """The working copy of a turn: the state as it would be if the turn ended now."""

    state: CampaignState
    derived: Derived
    budget: Budget = Budget.model_construct()
