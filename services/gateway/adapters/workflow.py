"""Starting the turn workflow. Express does not de-duplicate names, and the turn's keys make a second start harmless."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError, ReadTimeoutError

from contracts.gateway import TurnClosed
from services.gateway.domain.records import NotStarted, WorkflowOutcome

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

    from contracts.gateway import PlayTurn

CONNECT_SECONDS = 2


class StepFunctions:
    """Implements the port Workflow. `client` makes a client that waits this many seconds and never tries twice."""

    def __init__(self, client: Callable[[int], SFNClient], machine: str) -> None:
        self._client = client
        self._machine = machine

    def start(self, turn: PlayTurn) -> None:
        try:
            self._client(5).start_execution(stateMachineArn=self._machine, input=turn.model_dump_json())
        except (ClientError, BotoCoreError) as error:
            raise NotStarted(type(error).__name__) from error

    def play(self, turn: PlayTurn, seconds: int) -> WorkflowOutcome:
        client, given = self._client(seconds), turn.model_dump_json()
        try:
            ended = client.start_sync_execution(stateMachineArn=self._machine, input=given)
        except ReadTimeoutError:
            return WorkflowOutcome(ended=False)
        except (ClientError, BotoCoreError) as error:
            raise NotStarted(type(error).__name__) from error
        succeeded = ended["status"] == "SUCCEEDED"
        return WorkflowOutcome(
            ended=True, closed=TurnClosed.model_validate_json(ended["output"]) if succeeded else None
        )
