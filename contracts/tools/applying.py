"""Applying the rules to a scene."""

from pydantic import Field

from contracts.chaos import Sabotage
from contracts.envelope import Envelope, Message
from contracts.lore.figures import CanonSlice
from contracts.state import Scene
from contracts.tools.outcomes import Outcome, ToolCall


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
