"""Fake queues: SQS in memory with a clock of their own, letters of every kind, and a deployment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from infra.environment import Environment

CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26
STREAM = f"campaign/{CAMPAIGN}"
DEAD, WORK, RELAY, REPORTS = (
    "audit/events-dead-letters",
    "audit/events",
    "campaign/relay-dead-letters",
    "gateway/failed-turns",
)
SENT_AT = 1_900_000_000  # when the first letter is sent


@dataclass
class Stored:
    id: str
    body: str
    attributes: dict[str, str]
    sent_at: int
    receives: int = 0
    hidden_until: int = 0


@dataclass
class FakeQueues:
    """SQS, as far as operators need it. A receipt is the id and the count of receives: an old one is worth nothing."""

    now: int = SENT_AT
    boxes: dict[str, list[Stored]] = field(default_factory=dict)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=count)

    def put(self, url: str, body: str, **attributes: str) -> str:
        """Lay a letter into a queue; returns its id."""
        letter = Stored(f"m{next(self.ids)}", body, attributes, self.now)
        self.boxes.setdefault(url, []).append(letter)
        return letter.id

    def bodies(self, url: str) -> list[str]:
        """The bodies that anybody would receive from a queue now."""
        return [letter.body for letter in self.boxes.get(url, ()) if letter.hidden_until <= self.now]

    def send_message(self, QueueUrl: str, MessageBody: str) -> None:
        self.put(QueueUrl, MessageBody)

    def receive_message(self, QueueUrl: str, MaxNumberOfMessages: int, VisibilityTimeout: int, **_: Any) -> Any:
        visible = [letter for letter in self.boxes.get(QueueUrl, ()) if letter.hidden_until <= self.now]
        taken = visible[:MaxNumberOfMessages]
        for letter in taken:
            letter.receives += 1
            letter.hidden_until = self.now + VisibilityTimeout
        return {"Messages": [_message(letter) for letter in taken]} if taken else {}

    def change_message_visibility_batch(self, QueueUrl: str, Entries: list[Any]) -> None:
        assert 0 < len(Entries) <= 10
        for entry in Entries:
            for letter in self.boxes.get(QueueUrl, ()):
                if entry["ReceiptHandle"] == _receipt(letter):
                    letter.hidden_until = self.now + entry["VisibilityTimeout"]

    def delete_message(self, QueueUrl: str, ReceiptHandle: str) -> None:
        self.boxes[QueueUrl] = [each for each in self.boxes[QueueUrl] if _receipt(each) != ReceiptHandle]

    def get_queue_attributes(self, QueueUrl: str, AttributeNames: list[str]) -> Any:
        about = {"QueueArn": QueueUrl, "ApproximateNumberOfMessages": str(len(self.boxes.get(QueueUrl, ())))}
        return {"Attributes": {name: about[name] for name in AttributeNames if name in about}}

    def start_message_move_task(self, SourceArn: str, DestinationArn: str) -> Any:
        moved, self.boxes[SourceArn] = self.boxes[SourceArn], []
        for letter in moved:
            self.put(DestinationArn, letter.body)
        self.tasks.insert(0, {"Status": "COMPLETED", "ApproximateNumberOfMessagesMoved": len(moved)})
        return {"TaskHandle": "handle"}

    def list_message_move_tasks(self, SourceArn: str, MaxResults: int) -> Any:
        return {"Results": self.tasks[:MaxResults]}


class Bus:
    """Takes what it is given, or refuses everything."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refuses = False

    def put_events(self, Entries: list[Any]) -> Any:
        if self.refuses:
            return {
                "FailedEntryCount": len(Entries),
                "Entries": [{"ErrorCode": "ThrottlingException"} for _ in Entries],
            }
        self.taken += [json.loads(entry["Detail"])["metadata"]["event_id"] for entry in Entries]
        return {"FailedEntryCount": 0, "Entries": [{} for _ in Entries]}


def site_of(**clients: Any) -> Environment:
    """A deployment with these clients; its queues have their names for URLs."""
    names = {
        f"{name.partition('/')[0]}/queue/{name.partition('/')[2]}": name
        for name in (DEAD, WORK, RELAY, REPORTS, "tools/lost-dead-letters")
    }
    tables = {"campaign/table/campaign": "campaign", "audit/table/audit": "audit", "platform/bus-name": "bus"}
    return Environment("test", names | tables, clients.__getitem__)


def metadata(sequence: int, occurred_at: str = "2031-01-01T12:00:00+00:00") -> dict[str, Any]:
    return {
        "event_id": f"{STREAM}/{sequence}",
        "schema_version": "1.0",
        "occurred_at": occurred_at,
        "producer": "ninelives.campaign",
        "correlation_id": TURN,
        "causation_id": TURN,
        "idempotency_key": TURN,
        "campaign_id": CAMPAIGN,
        "turn_id": TURN,
        "stream": STREAM,
        "sequence": sequence,
    }


def event(sequence: int) -> str:
    """An event as EventBridge delivers it."""
    detail = {"metadata": metadata(sequence), "data": {"number": sequence}}
    return json.dumps({"id": "e", "source": "ninelives.campaign", "detail-type": "TurnResolved.v1", "detail": detail})


def stream_range(first: str, last: str) -> str:
    """Lambda's message about a batch that a relay could not publish."""
    batch = {
        "shardId": "shardId-7",
        "startSequenceNumber": "100",
        "endSequenceNumber": "200",
        "approximateArrivalOfFirstRecord": first,
        "approximateArrivalOfLastRecord": last,
        "batchSize": 3,
        "streamArn": "arn",
    }
    context = {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 20}
    return json.dumps({"requestContext": context, "version": "1.0", "DDBStreamBatchInfo": batch})


def outbox_letter(sequence: int) -> str:
    """A relay's message about an item that it could not publish."""
    place = {"pk": f"STREAM#{STREAM}", "sk": f"{sequence:010d}"}
    return json.dumps({"UnpublishedFact": {**place, "reason": "not an event"}})


def failed_turn() -> str:
    envelope = {"idempotency_key": f"{TURN}/fail", "correlation_id": TURN, "campaign_id": CAMPAIGN, "turn_id": TURN}
    return json.dumps({"envelope": envelope, "error": "RuleBroken", "cause": "swordfish", "stage": "SettleEffects"})


def _receipt(letter: Stored) -> str:
    return f"{letter.id}:{letter.receives}"


def _message(letter: Stored) -> dict[str, Any]:
    system = {"SentTimestamp": str(letter.sent_at * 1000), "ApproximateReceiveCount": str(letter.receives)}
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in letter.attributes.items()}
    return {
        "MessageId": letter.id,
        "ReceiptHandle": _receipt(letter),
        "Body": letter.body,
        "Attributes": system,
        "MessageAttributes": attributes,
    }
