"""The queue of failed turns, for operators: what failed, where and why. It holds nothing a player wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.gateway import FailTurn

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class FailedTurnsQueue:
    """Implements the domain's FailedTurns."""

    def __init__(self, client: SQSClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, failed: FailTurn) -> None:
        self._client.send_message(QueueUrl=self._url, MessageBody=failed.model_dump_json())
