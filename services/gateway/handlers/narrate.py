"""Queue consumer: the beginning of a running turn's story goes to whoever is connected.

Whatever cannot be read or told is dropped: the next narration holds it, and at last the turn's narrative does.
"""

from __future__ import annotations

from typing import Any

from services.gateway.adapters.narrations import narrations
from services.gateway.application.live.narration import longest, narrate
from services.gateway.wiring.live import switchboard
from stagekit.failures import whereabouts
from stagekit.observe import ids_of, logger, observed


def handler(event: dict[str, Any], context: Any) -> None:
    board = switchboard(logger().warning)
    for narration in longest(narrations(event, logger().warning)):
        try:
            with observed("narrate", ids_of(narration.envelope.model_dump())):
                narrate(narration, board)
        except Exception as error:
            logger().warning("narration dropped", extra=whereabouts(error))
