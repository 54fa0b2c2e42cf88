"""gateway: turns as the player sees them, and the workflow that plays one (player API bodies: `playerapi`)."""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.gateway.answering import *
    from contracts.gateway.events import *
    from contracts.gateway.workflow import *

__getattr__ = names_of(
    __name__,
    {
        "answering": ("FormatResponse",),
        "events": ("REASONS_TO_REPORT",),
        "workflow": (
            "FailTurn",
            "PlayTurn",
            "TurnClosed",
        ),
    },
)
