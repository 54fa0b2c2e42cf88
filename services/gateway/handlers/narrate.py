"""Queue consumer: the beginning of a running turn's story goes to whoever is connected.

Whatever cannot be read or told is dropped: the next narration holds it, and at last the turn's narrative does.
"""

from __future__ import annotations

from typing import Any

from services.gateway.adapters.queues import read_narrations
from services.gateway.application.live.narration import narrate
from services.gateway.domain.narration import keep_longest
from services.gateway.wiring.live import live_dependencies
from stagekit.failures import error_location
from stagekit.observe import ids_of, logger, observe


def handler(event: dict[str, Any], context: Any) -> None:
    deps = live_dependencies()
    for narration in keep_longest(read_narrations(event, logger().warning)):
        try:
            with observe("narrate", ids_of(narration.envelope.model_dump())):
                narrate(narration, deps)
        except Exception as error:
            logger().warning("narration dropped", extra=error_location(error))
