"""The desk of this container: clients made once, configuration read on first use."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from services.gateway.adapters.connections import DynamoTickets
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.queues import FailedTurnsQueue
from services.gateway.adapters.request_counter import DynamoCounter
from services.gateway.adapters.service_functions import Functions, LambdaStages
from services.gateway.adapters.turn_repository import DynamoLedger
from services.gateway.adapters.workflow import CONNECT_SECONDS, StepFunctions
from services.gateway.application.ports import Desk
from services.gateway.domain.limits import Limits, parsed
from services.gateway.wiring.live import socket_url

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_stepfunctions import SFNClient

_STAGES = (
    "DESCRIBE_WORLD",
    "CREATE_CAMPAIGN",
    "FORK_CAMPAIGN",
    "VIEW_CAMPAIGN",
    "LIST_CAMPAIGNS",
    "LIST_DICE",
    "LIST_STANDINGS",
    "VOID_TURN",
)


@cache
def desk(notice: Callable[[str], None], uncounted: Callable[[], None] = lambda: None) -> Desk:
    return Desk(
        ledger=_ledger(),
        workflow=StepFunctions(_patient, os.environ.get("STATE_MACHINE_ARN", "")),
        stages=_stages(),
        now=lambda: datetime.now(UTC),
        pause=time.sleep,
        notice=notice,
        max_wait=int(os.environ.get("MAX_WAIT_SECONDS", "20")),
        feed=DynamoFeed(_dynamodb(), os.environ["GATEWAY_TABLE"], time.sleep),
        tickets=DynamoTickets(_dynamodb(), os.environ["GATEWAY_TABLE"], socket_url()),
        limits=limits_in_force(uncounted),
        chaos=os.environ.get("CHAOS") == "1",
    )


def limits_in_force(uncounted: Callable[[], None]) -> Limits:
    """LIMITS of this deployment, counted by a client that gives up soon: a wish must not wait for being counted."""
    limits = parsed(os.environ.get("LIMITS", ""))
    if not limits:
        return Limits()
    hasty = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2})
    return Limits(limits, DynamoCounter(boto3.client("dynamodb", config=hasty), os.environ["GATEWAY_TABLE"]), uncounted)


@cache
def failed_turns() -> FailedTurnsQueue:
    return FailedTurnsQueue(boto3.client("sqs", config=quick(5)), os.environ["FAILED_TURNS_QUEUE_URL"])


@cache
def _ledger() -> DynamoLedger:
    return DynamoLedger(_dynamodb(), os.environ["GATEWAY_TABLE"])


@cache
def _dynamodb() -> DynamoDBClient:
    return boto3.client("dynamodb", config=quick(3))


@cache
def _stages() -> LambdaStages:
    names = {name.lower(): os.environ.get(f"{name}_FUNCTION", "") for name in _STAGES}
    return LambdaStages(boto3.client("lambda", config=quick(12)), Functions(**names))


@cache
def _patient(seconds: int) -> SFNClient:
    """A client that reads for this long and sends once: a second StartSyncExecution would be a second run."""
    once = Config(connect_timeout=CONNECT_SECONDS, read_timeout=seconds, retries={"total_max_attempts": 1})
    return boto3.client("stepfunctions", config=once)


def quick(read_timeout: int) -> Config:
    retries = {"total_max_attempts": 3, "mode": "standard"}
    return Config(connect_timeout=2, read_timeout=read_timeout, retries=retries)  # type: ignore[arg-type]
