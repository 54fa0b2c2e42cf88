"""The dead-letter queue of a function: where it sets a message aside that no retry can help."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LONGEST_REASON = 500

UNPUBLISHED = "UnpublishedFact"
"""The field of a relay's dead letter: the item's key in the outbox (`pk`, `sk`), and why it stays there."""


@cache
def queues() -> SQSClient:
    """This container's SQS client: short waits, several tries."""
    return client("sqs", read=5, tries=5)


def set_aside(sqs: SQSClient, body: str, reason: str) -> None:
    """Send a message to DEAD_LETTER_QUEUE_URL with why in its attribute `reason`, which must quote no payload.

    Raises when the queue does not take it: the caller must then not let go of the message.
    """
    sqs.send_message(
        QueueUrl=os.environ["DEAD_LETTER_QUEUE_URL"],
        MessageBody=body,
        MessageAttributes={"reason": {"DataType": "String", "StringValue": reason[:LONGEST_REASON]}},
    )
