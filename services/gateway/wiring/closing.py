"""Dependencies of the functions that end turns. Cached per container; read the environment on the first call."""

from __future__ import annotations

import os
import time
from functools import cache

from services.gateway.adapters.queues import FailedTurnsQueue
from services.gateway.application.turns.closing import ClosingDependencies, FailingDependencies
from services.gateway.wiring.clients import now
from services.gateway.wiring.sending import telling
from services.gateway.wiring.turns import turn_repository
from stagekit.clients import client


@cache
def closing_dependencies() -> ClosingDependencies:
    return ClosingDependencies(turn_repository(), telling(), now, time.sleep)


@cache
def failing_dependencies() -> FailingDependencies:
    return FailingDependencies(turn_repository(), telling(), now, time.sleep, failed_turns())


@cache
def failed_turns() -> FailedTurnsQueue:
    return FailedTurnsQueue(client("sqs", read=5, tries=3), os.environ["FAILED_TURNS_QUEUE_URL"])
