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

from services.gateway.adapters.failed_turns import FailedTurnsQueue
from services.gateway.adapters.ledger import DynamoLedger
from services.gateway.adapters.stages import Functions, LambdaStages
from services.gateway.adapters.workflow import CONNECT_SECONDS, StepFunctions
from services.gateway.domain.ports import Desk

if TYPE_CHECKING:
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
def desk(notice: Callable[[str], None]) -> Desk:
    return Desk(
        ledger=_ledger(),
        workflow=StepFunctions(_patient, os.environ.get("STATE_MACHINE_ARN", "")),
        stages=_stages(),
        now=lambda: datetime.now(UTC),
        pause=time.sleep,
        notice=notice,
        max_wait=int(os.environ.get("MAX_WAIT_SECONDS", "20")),
    )


@cache
def failed_turns() -> FailedTurnsQueue:
    return FailedTurnsQueue(boto3.client("sqs", config=_quick(5)), os.environ["FAILED_TURNS_QUEUE_URL"])


@cache
def _ledger() -> DynamoLedger:
    return DynamoLedger(boto3.client("dynamodb", config=_quick(3)), os.environ["GATEWAY_TABLE"])


@cache
def _stages() -> LambdaStages:
    names = {name.lower(): os.environ.get(f"{name}_FUNCTION", "") for name in _STAGES}
    return LambdaStages(boto3.client("lambda", config=_quick(12)), Functions(**names))


@cache
def _patient(seconds: int) -> SFNClient:
    """A client that reads for this long and sends once: a second StartSyncExecution would be a second run."""
    once = Config(connect_timeout=CONNECT_SECONDS, read_timeout=seconds, retries={"total_max_attempts": 1})
    return boto3.client("stepfunctions", config=once)


def _quick(read_timeout: int) -> Config:
    retries = {"total_max_attempts": 3, "mode": "standard"}
    return Config(connect_timeout=2, read_timeout=read_timeout, retries=retries)  # type: ignore[arg-type]
