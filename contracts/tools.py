"""tools: the rules of the game. A call is an intent; an outcome is what the rules make of it."""

from typing import Annotated, Any, Literal

from pydantic import Field

from contracts.canon import EntityRef, Name
from contracts.chaos import Sabotage
from contracts.effects import Proposal
from contracts.envelope import Envelope, Event, Message, Slug, Text, TurnId, Value
from contracts.lore import CanonSlice
from contracts.state import Scene

__all__ = [
    "ExecuteTool",
    "ForgetOutcomes",
    "OutcomesForgotten",
    "PlayWorld",
    "ToolExecuted",
    "ToolExecutedV1",
    "WorldPlayed",
    "WorldPlayedV1",
]

MOST_CALLS = 5
"""Calls of tools in a round."""
Fact = Annotated[str, Field(max_length=500)]
"""A plain sentence about what happened; every number in it is a roll's or an effect's."""


class ToolCall(Value):
    """An intent proposed by a game master. `arguments` holds ids and words, never a quantity."""

    call_id: str = Field(min_length=1, max_length=128, description="The provider's own id, echoed back to it.")
    name: str = Field(pattern=r"^[a-z][a-z_]{0,63}$")
    arguments: dict[str, Any] = Field(default_factory=dict)


class RollModifier(Value):
    name: Name
    amount: int


class Roll(Value):
    """Dice, derived and not drawn: HMAC-SHA256(seed, key), so that anybody with the seed can repeat it."""

    key: str = Field(min_length=1, max_length=256, description="turn/round/call-index/roll-index.")
    purpose: str = Field(max_length=80, description='"attack", "damage", "whiskers check" …')
    roller: str = Field(default="character", max_length=80)
    count: int = Field(ge=1, le=40)
    sides: int = Field(ge=2, le=100)
    faces: tuple[int, ...] = Field(min_length=1, max_length=40, description="Every die, in order.")
    kept: tuple[int, ...] = Field(min_length=1, max_length=40, description="Those that count (edge drops one).")
    modifiers: tuple[RollModifier, ...] = ()
    total: int
    target: int | None = None
    outcome: Literal["critical", "success", "failure", "fumble"] | None = None


class Refusal(Value):
    """No, and what would be possible instead."""

    code: Slug
    rule: Text = Field(description="The rule that says so.")
    message: Text = Field(description="For the story: what stands in the way.")
    legal: tuple[str, ...] = Field(default=(), max_length=24, description="Ids or intents that would be taken.")


CANNOT_ACT = "cannot-act"
"""Code of the refusal that costs the turn: a condition takes it away from whoever tries something."""


class Outcome(Value):
    """What the rules make of one intent: done with effects, or refused with a reason and without any."""

    key: str = Field(min_length=1, max_length=256, description="The step: turn/round/call-index.")
    call: ToolCall
    verdict: Literal["done", "refused"]
    refusal: Refusal | None = None
    rolls: tuple[Roll, ...] = Field(default=(), max_length=24)
    effects: tuple[Proposal, ...] = Field(default=(), max_length=32)
    facts: tuple[Fact, ...] = Field(default=(), max_length=24, description="What happened, one plain sentence each.")
    mentions: tuple[EntityRef, ...] = Field(default=(), max_length=32, description="What these facts may name.")


class ExecuteTool(Message):
    """Apply the rules to one intent in this scene. Pure: writes nothing, draws nothing."""

    envelope: Envelope
    call: ToolCall
    scene: Scene
    canon: CanonSlice
    seed: str = Field(pattern=r"^[0-9a-f]{64}$")
    chaos: Sabotage | None = Field(default=None, description="Ignored where the operator did not enable it.")


class ToolExecuted(Message):
    envelope: Envelope
    outcome: Outcome


class ForgetOutcomes(Message):
    """Delete the outcomes that are kept for the repeats of these turns' steps."""

    envelope: Envelope
    turns: tuple[TurnId, ...] = Field(max_length=25)


class OutcomesForgotten(Message):
    envelope: Envelope


class PlayWorld(Message):
    """Let the world answer what was settled: enemies act (once a turn), hostile ones attack, quests move on."""

    envelope: Envelope
    scene: Scene
    canon: CanonSlice
    seed: str = Field(pattern=r"^[0-9a-f]{64}$")


class WorldPlayed(Message):
    """Outcomes in the order they happen; `call.name` says who acts ("enemy_turn", "quest_progress", …)."""

    envelope: Envelope
    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=12)


class ToolExecutedData(Value):
    tool: str
    verdict: Literal["done", "refused"]
    refusal: Slug | None = None
    rolls: int = Field(ge=0)
    effects: int = Field(ge=0)
    thrown: tuple[Roll, ...] = Field(default=(), max_length=24, description="As they fell; a player is `character`.")


class ToolExecutedV1(Event):
    """Progress: one intent went through the rules."""

    detail_type = "ToolExecuted.v1"
    producer = "ninelives.tools"
    schema_version = "1.1"
    data: ToolExecutedData


class WorldPlayedData(Value):
    acts: tuple[Slug, ...] = Field(default=(), max_length=12, description="Who acted: `enemy-turn`, `quest-progress` …")
    thrown: tuple[Roll, ...] = Field(default=(), max_length=24, description="As they fell; a player is `character`.")


class WorldPlayedV1(Event):
    """Progress: the world answered, and something happened."""

    detail_type = "WorldPlayed.v1"
    producer = "ninelives.tools"
    data: WorldPlayedData
