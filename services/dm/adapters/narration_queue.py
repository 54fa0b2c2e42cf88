"""Narration queue: a story on its way to the player while it is told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from contracts.dm import NarrativeTold

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsNarrationQueue:
    """The queue that the player's connection listens to. It only lets the player hear a moment earlier, so what the
    queue does not take is logged and dropped."""

    def __init__(self, client: SQSClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, message: NarrativeTold) -> None:
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=message.model_dump_json())
        except (BotoCoreError, ClientError) as error:
            logging.getLogger(__name__).warning("narration lost: %s", type(error).__name__)
