"""Stories with stages, and what is to be learnt."""

from pydantic import Field

from contracts.canon.figures import Aliases, GoalKind, Name
from contracts.canon.places import Reward
from contracts.envelope import Slug, Text, Value


class Goal(Value):
    """The goal that finishes a stage of a quest. `target` names a place, enemy, item, character, feature or secret."""

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
