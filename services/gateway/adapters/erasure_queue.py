"""The queue of erasures: from whoever begins one to its worker, and from one run of it to the next."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from services.gateway.domain.erasures import ErasureMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MOST_DELAY = 900
"""Seconds: the longest SQS keeps a message back."""


class SqsErasureQueue:
    """Implements the port ErasureQueue. A message holds the id of an erasure."""

    def __init__(self, client: SQSClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, message: ErasureMessage, delay: float = 0) -> None:
        seconds = min(MOST_DELAY, math.ceil(delay))
        self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps(vars(message)), DelaySeconds=seconds)


def read_erasure_message(body: str) -> ErasureMessage:
    """Raises ValueError when it is none."""
    try:
        return ErasureMessage(**json.loads(body))
    except TypeError as error:
        raise ValueError("not a message about an erasure") from error
