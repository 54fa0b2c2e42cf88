"""The queue that replays for exports are delivered to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ninelives.ops.deadletters.queues import depth

MOST = 10
Message = dict[str, Any]


@dataclass(frozen=True)
class DrainedQueue:
    """The queue and its dead letters, through a boto3 client; safe for several threads."""

    sqs: Any
    url: str
    dead_letters: str
    wait_seconds: int = 5

    def receive(self) -> list[Message]:
        """Up to ten messages; waits for one to come."""
        answer = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=MOST, WaitTimeSeconds=self.wait_seconds
        )
        return list(answer.get("Messages", ()))

    def delete(self, messages: Sequence[Message]) -> None:
        """Forget messages. One that the queue keeps comes again, which does no harm."""
        if messages:
            entries = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(messages)]
            self.sqs.delete_message_batch(QueueUrl=self.url, Entries=entries)

    def set_aside(self, message: Message, reason: str) -> None:
        """Copy a message that cannot be read to the dead letters, where an alarm tells of it."""
        self.sqs.send_message(
            QueueUrl=self.dead_letters,
            MessageBody=message["Body"],
            MessageAttributes={"reason": {"DataType": "String", "StringValue": reason[:500]}},
        )

    def holds(self) -> int:
        """Messages visible, in flight or delayed: a figure that lags by up to a minute in AWS."""
        return depth(self.sqs, self.url)
