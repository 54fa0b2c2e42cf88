"""Setting a message aside where no retry wastes time on it: the dead-letter queue of the function that met it."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LONGEST_REASON = 500

UNPUBLISHED = "UnpublishedFact"
"""What a relay's own dead letter holds: where the item lies in the outbox (`pk`, `sk`), and why it stays there."""


@cache
def queues() -> SQSClient:
    """This container's SQS client: short waits."""
    return boto3.client("sqs", config=Config(connect_timeout=2, read_timeout=5))


def set_aside(client: SQSClient, body: str, reason: str) -> None:
    """Send a message to DEAD_LETTER_QUEUE_URL with why in its attribute `reason`, which must quote no payload.

    Raises when the queue does not take it: the caller must then not let go of the message.
    """
    client.send_message(
        QueueUrl=os.environ["DEAD_LETTER_QUEUE_URL"],
        MessageBody=body,
        MessageAttributes={"reason": {"DataType": "String", "StringValue": reason[:LONGEST_REASON]}},
    )
