"""What the rest of the system hears of a call: figures, never a player's or a model's words."""

from __future__ import annotations

from contracts.tools import Outcome, ToolExecutedData
from services.tools.domain.registry import TOOLS

UNKNOWN = "unknown"


def progress(outcome: Outcome) -> ToolExecutedData:
    """The figures of an outcome. What is no tool is not named: a model may have put a player's words in its name."""
    return ToolExecutedData(
        tool=outcome.call.name if outcome.call.name in TOOLS else UNKNOWN,
        verdict=outcome.verdict,
        refusal=outcome.refusal.code if outcome.refusal else None,
        rolls=len(outcome.rolls),
        effects=len(outcome.effects),
    )
