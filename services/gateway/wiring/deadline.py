"""Dependencies of the function `deadline`. Cached per container; reads the environment on the first call."""

from __future__ import annotations

import time
from functools import cache

from services.gateway.application.turns.closing import DeadlineDependencies
from services.gateway.wiring.clients import now, warn
from services.gateway.wiring.closing import failed_turns
from services.gateway.wiring.functions import service_functions
from services.gateway.wiring.sending import telling
from services.gateway.wiring.turns import turn_repository


@cache
def deadline_dependencies() -> DeadlineDependencies:
    return DeadlineDependencies(
        turn_repository(), telling(), now, time.sleep, failed_turns(), service_functions(), warn
    )
