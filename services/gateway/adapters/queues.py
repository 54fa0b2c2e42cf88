"""Queues of turns: narrations come from the game master's, failed turns go to the operators'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from contracts.dm import NarrativeTold

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

    from contracts.gateway import FailTurn


class FailedTurnsQueue:
    """Implements the port FailedTurns: what failed, where and why. It holds nothing a player wrote."""

    def __init__(self, client: SQSClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, failed: FailTurn) -> None:
        self._client.send_message(QueueUrl=self._url, MessageBody=failed.model_dump_json())


def read_narrations(event: Mapping[str, Any], notice: Callable[[str], None]) -> Iterator[NarrativeTold]:
    """Those of an SQS event that can be read. Of the others a notice says so, and nothing of what is in them."""
    for record in event["Records"]:
        try:
            yield NarrativeTold.model_validate_json(record["body"])
        except ValidationError:
            notice("unreadable narration dropped")
