"""Progress of a turn for the rest of the system: figures, never a player's or a model's words."""

from __future__ import annotations

from contracts.tools import Outcome, Roll, ToolExecutedData, WorldPlayedData
from services.tools.domain.registry import TOOLS

UNKNOWN = "unknown"
ANONYMOUS = "character"
MOST_THROWN = 24


def progress(outcome: Outcome, name: str) -> ToolExecutedData:
    """The figures of an outcome. What is no tool is not named: a model may have put a player's words in its name. Nor
    is the character, whose `name` a player gave."""
    return ToolExecutedData(
        tool=outcome.call.name if outcome.call.name in TOOLS else UNKNOWN,
        verdict=outcome.verdict,
        refusal=outcome.refusal.code if outcome.refusal else None,
        rolls=len(outcome.rolls),
        effects=len(outcome.effects),
        thrown=tuple(_anonymous(roll, name) for roll in outcome.rolls[:MOST_THROWN]),
    )


def world_progress(outcomes: tuple[Outcome, ...], name: str) -> WorldPlayedData:
    """The acts of the world, and the dice. The world's own calls have names that the rules gave them."""
    thrown = [_anonymous(roll, name) for outcome in outcomes for roll in outcome.rolls]
    return WorldPlayedData(
        acts=tuple(outcome.call.name.replace("_", "-") for outcome in outcomes), thrown=tuple(thrown[:MOST_THROWN])
    )


def _anonymous(roll: Roll, name: str) -> Roll:
    return roll.model_copy(update={"roller": ANONYMOUS}) if roll.roller == name else roll
