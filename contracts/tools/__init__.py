"""tools: the rules of the game. A call is an intent; an outcome is what the rules make of it."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.tools.applying import *
    from contracts.tools.events import *
    from contracts.tools.forgetting import *
    from contracts.tools.outcomes import *
    from contracts.tools.rolls import *

__getattr__ = names_of(
    __name__,
    {
        "applying": (
            "ExecuteTool",
            "PlayWorld",
            "ToolExecuted",
            "WorldPlayed",
        ),
        "events": (),
        "forgetting": (
            "ForgetOutcomes",
            "OutcomesForgotten",
        ),
        "outcomes": (
            "Fact",
            "Outcome",
            "ToolCall",
        ),
        "rolls": (
            "CANNOT_ACT",
            "MOST_CALLS",
            "Refusal",
            "Roll",
            "RollModifier",
        ),
    },
)
