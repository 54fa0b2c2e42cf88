"""An archive with a bus and a queue behind it, in memory: delivers in any order, and some events twice."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from ninelives.analytics.export.claim import Claim
from ninelives.analytics.export.draining import Patience
from ninelives.analytics.export.exporting import ExportAccess
from ninelives.analytics.export.queue import DrainedQueue
from ninelives.analytics.export.replaying import ExportReplays

AT_ONCE = Patience(seconds=0.001, quiet_looks=2, stalled_looks=100_000)


class Gone(Exception):
    """AWS says that there is none, or one already."""


class Killed(BaseException):
    """The process ends here."""


class Errors:
    ResourceNotFoundException = ResourceAlreadyExistsException = IllegalStatusException = Gone
    ParameterNotFound = ParameterAlreadyExists = Gone
    ClientError = OSError


@dataclass
class Archive:
    """`held` are EventBridge events. `copies` of them on average come twice; `seed` decides order and copies."""

    held: list[dict[str, Any]]
    seed: int = 0
    copies: float = 0.2
    state: str = "COMPLETED"
    replays: dict[str, dict[str, Any]] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    in_flight: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    deletes_until_killed: int | None = None
    exceptions: type[Errors] = Errors

    def __post_init__(self) -> None:
        self.random, self._lock, self._receipts = Random(self.seed), threading.Lock(), 0

    def access(self, environment: str = "local", patience: Patience = AT_ONCE) -> ExportAccess:
        queue = DrainedQueue(self, "queue", "dead")
        return ExportAccess(ExportReplays(self, "archive", "rule"), queue, Claim(self, environment), patience)

    def reappear(self) -> None:
        """The messages in flight are visible again: whoever received them is gone."""
        self.queue += self.in_flight.values()
        self.in_flight.clear()

    # EventBridge

    def describe_archive(self, **_: Any) -> dict[str, Any]:
        return {"ArchiveArn": "archive", "EventSourceArn": "bus", "EventCount": len(self.held), "SizeBytes": 1}

    def start_replay(self, **asked: Any) -> None:
        name = asked["ReplayName"]
        if name in self.replays:
            raise Gone
        self.replays[name] = {**asked, "State": self.state}
        start, end = asked["EventStartTime"], asked["EventEndTime"]
        within = [event for event in self.held if start <= datetime.fromisoformat(event["time"]) <= end]
        bodies = [json.dumps({**event, "replay-name": name}) for event in within]
        bodies += [body for body in bodies if self.random.random() < self.copies]
        self.random.shuffle(bodies)
        self.queue += bodies

    def describe_replay(self, ReplayName: str) -> dict[str, Any]:
        if ReplayName not in self.replays:
            raise Gone
        return self.replays[ReplayName]

    def cancel_replay(self, ReplayName: str) -> None:
        if ReplayName not in self.replays:
            raise Gone

    # SQS

    def receive_message(self, **_: Any) -> dict[str, Any]:
        with self._lock:
            taken = [self.queue.pop() for _ in range(min(len(self.queue), self.random.randint(1, 10)))]
            messages = []
            for body in taken:
                self._receipts += 1
                self.in_flight[str(self._receipts)] = body
                messages.append({"Body": body, "ReceiptHandle": str(self._receipts)})
        return {"Messages": messages}

    def delete_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> None:
        with self._lock:
            if self.deletes_until_killed is not None:
                self.deletes_until_killed -= 1
                if self.deletes_until_killed < 0:
                    raise Killed
            for entry in Entries:
                del self.in_flight[entry["ReceiptHandle"]]

    def send_message(self, QueueUrl: str, MessageBody: str, **_: Any) -> None:
        assert QueueUrl == "dead"
        self.dead.append(MessageBody)

    def get_queue_attributes(self, **_: Any) -> dict[str, Any]:
        with self._lock:
            counts = {"": len(self.queue), "NotVisible": len(self.in_flight)}
        return {"Attributes": {f"ApproximateNumberOfMessages{name}": str(count) for name, count in counts.items()}}

    # SSM

    def get_parameter(self, Name: str) -> dict[str, Any]:
        if Name not in self.claims:
            raise Gone
        return {"Parameter": {"Value": self.claims[Name]}}

    def put_parameter(self, Name: str, Value: str, Overwrite: bool, **_: Any) -> None:
        if Name in self.claims and not Overwrite:
            raise Gone
        self.claims[Name] = Value

    def delete_parameter(self, Name: str) -> None:
        del self.claims[Name]
