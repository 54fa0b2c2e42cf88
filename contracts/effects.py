"""Changes that may be made to a campaign. Tools propose these; campaign folds them or says why not. Owned by campaign.

An effect states a change and its figures, all of them computed by rules. Each folds on its own and refuses
when its precondition does not hold; the effects of one outcome are applied together or not at all.
"""

from typing import Annotated, Literal

from pydantic import Field

from contracts.canon.figures import Condition, DamageType, EntityRef, Name, Slot, Stat
from contracts.envelope import Slug, Text, Value
from contracts.state import Encounter, ItemInstance

Target = Slug
"""`character`, or the id of a combatant in the running encounter."""

Positive = Annotated[int, Field(ge=1, le=10_000)]


class Damaged(Value):
    """`target` loses hit points. At zero an enemy falls; a character loses one of nine lives."""

    kind: Literal["damaged"] = "damaged"
    target: Target
    amount: int = Field(ge=0, le=500)
    damage_type: DamageType
    source: Slug = Field(description="Who or what did it.")


class Healed(Value):
    kind: Literal["healed"] = "healed"
    amount: int = Field(ge=0, le=500)


class EnergySpent(Value):
    kind: Literal["energy-spent"] = "energy-spent"
    amount: Positive


class EnergyRestored(Value):
    kind: Literal["energy-restored"] = "energy-restored"
    amount: Positive


class ConditionGained(Value):
    """A condition of the same id is replaced by the one that lasts longer."""

    kind: Literal["condition-gained"] = "condition-gained"
    target: Target
    condition: Condition


class ConditionLost(Value):
    kind: Literal["condition-lost"] = "condition-lost"
    target: Target
    condition: Slug


class ActionSpent(Value):
    """The turn's action is used up."""

    kind: Literal["action-spent"] = "action-spent"


class AbilityUsed(Value):
    """Starts the cooldown and takes a charge. The energy it costs is an effect of its own."""

    kind: Literal["ability-used"] = "ability-used"
    ability: Slug
    cooldown: int = Field(ge=0, le=10)


class ItemGained(Value):
    """`item.id` is ignored: the fold assigns the instance's id, or adds to a stack that has room."""

    kind: Literal["item-gained"] = "item-gained"
    item: ItemInstance
    source: Slug = Field(description="The find, shop, enemy, quest or feature it came from.")


class ItemLost(Value):
    kind: Literal["item-lost"] = "item-lost"
    instance: Slug
    quantity: int = Field(default=1, ge=1, le=20)


class ChargeSpent(Value):
    """A use of a thing with charges; at zero it stays, empty. Refused when it is empty already."""

    kind: Literal["charge-spent"] = "charge-spent"
    instance: Slug


class ItemEquipped(Value):
    kind: Literal["item-equipped"] = "item-equipped"
    instance: Slug
    slot: Slot


class ItemUnequipped(Value):
    kind: Literal["item-unequipped"] = "item-unequipped"
    slot: Slot


class CreditsGained(Value):
    kind: Literal["credits-gained"] = "credits-gained"
    amount: Positive
    source: Slug


class CreditsSpent(Value):
    kind: Literal["credits-spent"] = "credits-spent"
    amount: Positive
    source: Slug


class StockTaken(Value):
    """One fewer on a shop's shelf. Refused when none of `stocked` is left."""

    kind: Literal["stock-taken"] = "stock-taken"
    shop: Slug
    item: Slug
    stocked: int = Field(ge=1, le=20)


class FindTaken(Value):
    kind: Literal["find-taken"] = "find-taken"
    find: Slug


class FeatureUsed(Value):
    kind: Literal["feature-used"] = "feature-used"
    feature: Slug


class ExperienceGained(Value):
    """Levels follow from experience in the fold: hit points rise and a choice opens."""

    kind: Literal["experience-gained"] = "experience-gained"
    amount: Positive
    source: Slug


class LevelChoiceMade(Value):
    """Spends one open choice on a stat (+1, at most 6) or on an ability's rank (+1)."""

    kind: Literal["level-choice-made"] = "level-choice-made"
    stat: Stat | None = None
    ability: Slug | None = None


class Moved(Value):
    """Spends the turn's move and draws the place on the map."""

    kind: Literal["moved"] = "moved"
    origin: Slug = Field(description="Refused when the character is not there any more.")
    to: EntityRef
    exits: tuple[EntityRef, ...] = Field(default=(), max_length=8, description="Where one can see to go from there.")


class Surveyed(Value):
    """The ways out of the place one stands in are drawn on the map, as far as they can be seen."""

    kind: Literal["surveyed"] = "surveyed"
    place: Slug = Field(description="Refused when the character is not there any more.")
    exits: tuple[EntityRef, ...] = Field(max_length=8, description="Where they lead.")


class ExitUnlocked(Value):
    kind: Literal["exit-unlocked"] = "exit-unlocked"
    exit: Slug


class SecretRevealed(Value):
    kind: Literal["secret-revealed"] = "secret-revealed"
    secret: Slug


class NpcMet(Value):
    kind: Literal["npc-met"] = "npc-met"
    npc: Slug
    disposition: int = Field(ge=-3, le=3, description="At the first meeting.")


class DispositionChanged(Value):
    """Of a character already met, clamped to -3 … 3."""

    kind: Literal["disposition-changed"] = "disposition-changed"
    npc: Slug
    amount: int = Field(ge=-6, le=6)


class EncounterStarted(Value):
    kind: Literal["encounter-started"] = "encounter-started"
    encounter: Encounter


class RoundPassed(Value):
    """A part of the round has passed, each once in a turn with a deed. `enemies`: those of the encounter have acted.
    `time`: conditions have taken or given their hit points and counted down, cooldowns have run down."""

    kind: Literal["round-passed"] = "round-passed"
    part: Literal["enemies", "time"] = "enemies"


class EncounterEnded(Value):
    """`won` needs every enemy down and clears the spawn; `escaped` leaves it there."""

    kind: Literal["encounter-ended"] = "encounter-ended"
    how: Literal["won", "escaped", "parley"]


class QuestStarted(Value):
    kind: Literal["quest-started"] = "quest-started"
    quest: Slug
    name: Name
    arc: Name
    stage: Slug
    text: Text


class QuestProgressed(Value):
    """The current stage counts `progress`, or the next stage begins."""

    kind: Literal["quest-progressed"] = "quest-progressed"
    quest: Slug
    stage: Slug
    text: Text
    progress: int = Field(default=0, ge=0)


class QuestCompleted(Value):
    kind: Literal["quest-completed"] = "quest-completed"
    quest: Slug


class Rested(Value):
    """Hit points, energy and ability charges come back: all of them, or half (rounded up) on a short rest."""

    kind: Literal["rested"] = "rested"
    full: bool


class CampaignEnded(Value):
    kind: Literal["campaign-ended"] = "campaign-ended"
    ending: Slug


class TurnBegan(Value):
    """Conditions tick, cooldowns run down: the first effect of every turn, before time was a part of the round."""

    kind: Literal["turn-began"] = "turn-began"


class LifeLost(Value):
    """Folded as the consequence of zero hit points, never proposed: the cat wakes in its haven with half its hit
    points, without conditions, a quarter of its credits poorer, and the encounter is over. The ninth ends the
    campaign."""

    kind: Literal["life-lost"] = "life-lost"
    cause: Slug
    lives_left: int = Field(ge=0, le=8)
    credits_lost: int = Field(ge=0)


class LevelGained(Value):
    """Folded as the consequence of experience, never proposed."""

    kind: Literal["level-gained"] = "level-gained"
    level: int = Field(ge=2, le=10)
    hp_gained: int = Field(ge=0)


Proposal = Annotated[
    Damaged
    | Healed
    | EnergySpent
    | EnergyRestored
    | ConditionGained
    | ConditionLost
    | ActionSpent
    | AbilityUsed
    | ItemGained
    | ItemLost
    | ChargeSpent
    | ItemEquipped
    | ItemUnequipped
    | CreditsGained
    | CreditsSpent
    | StockTaken
    | FindTaken
    | FeatureUsed
    | ExperienceGained
    | LevelChoiceMade
    | Moved
    | Surveyed
    | ExitUnlocked
    | SecretRevealed
    | NpcMet
    | DispositionChanged
    | EncounterStarted
    | RoundPassed
    | EncounterEnded
    | QuestStarted
    | QuestProgressed
    | QuestCompleted
    | Rested
    | CampaignEnded,
    Field(discriminator="kind"),
]
"""An effect that a tool may propose."""

Consequence = Annotated[TurnBegan | LifeLost | LevelGained, Field(discriminator="kind")]
"""An effect that only the campaign itself adds."""


class Refused(Value):
    """The reason an outcome was not applied: the first effect whose precondition failed."""

    effect: str = Field(description="Its kind.")
    code: Slug
    reason: Text
