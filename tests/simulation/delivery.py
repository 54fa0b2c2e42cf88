"""Delivery of events: streams of tables to their relays, the bus, its rules, and the queues of consumers.

At least once and in no order: messages come twice and late, batches are taken apart, and what fails three times lies in
the dead letters until somebody sends it back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from infra.subscriptions import ConsumerSubscription
from tests.simulation.chance import Chance
from tests.simulation.dynamodb import Item
from tests.simulation.faults import OF_A_BATCH, OF_A_MESSAGE, Plan, Site
from tests.simulation.functions import FunctionFailed, Functions
from tests.simulation.scheduler import Process, Scheduler

VISIBILITY, RECEIVES = 180.0, 3  # infra/constructs/queues.py
BATCH, COLLECTED_BATCH = 10, 50  # infra/constructs/event_consumer.py
STREAM_BATCH = 100  # infra/constructs/outbox_relay.py
PUT_LIMIT = 10
POISON = json.dumps({"detail-type": "Hairball.v1", "source": "nobody", "detail": "cough"})


@dataclass(eq=False)
class Message:
    """A message of a queue: a second delivery of the same event is another one."""

    id: str
    body: str
    receives: int = 0


@dataclass
class Queue:
    """A consumer's queue with the function behind it. `window`: seconds for which messages are collected."""

    name: str
    function: str
    scheduler: Scheduler
    chance: Chance
    plan: Plan
    functions: Functions
    delay: float = 0.0
    window: float = 0.0
    ready: list[Message] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    sent: int = 0
    held: int = 0
    """Messages that are not worked through: on their way, ready, or in somebody's hands."""
    polling: bool = False
    is_off: bool = False
    """Whether nobody takes what comes."""

    def switch(self, *, on: bool) -> None:
        self.is_off = not on
        if on and self.ready and not self.polling:
            self._poll_soon("on", 0.05)

    def send(self, body: str) -> None:
        """Take a message: it is delivered once or twice, sooner or later."""
        self.sent += 1
        at = f"{self.name}~{self.sent}"
        fault = self.plan.fault(Site(self.name, "message", at), OF_A_MESSAGE[:2])
        late = self.chance.between(5.0, 400.0, "late", at) if fault == "delivered late" else 0.0
        self._arrive(Message(at, body), self.delay + late + self.chance.between(0.01, 0.2, "way", at))
        if fault == "delivered twice":
            again = self.delay + self.chance.between(0.01, 240.0, "again", at)
            self._arrive(Message(f"{at}'", body), again)

    def redrive(self) -> None:
        """Send back what lies in the dead letters and can be read."""
        back, self.dead = [body for body in self.dead if body != POISON], [b for b in self.dead if b == POISON]
        for number, body in enumerate(back):
            self._arrive(Message(f"{self.name}~redriven{self.sent}.{number}", body), 0.01)

    def _arrive(self, message: Message, after: float) -> None:
        self.held += 1

        def arrive() -> None:
            self.ready.append(message)
            if not self.polling and not self.is_off:
                self._poll_soon(message.id, self.window)

        self.scheduler.spawn(f"arrive {self.name}", arrive, process=Process(self.name), after=after)

    def _poll_soon(self, why: str, window: float) -> None:
        self.polling = True
        wait = window or self.chance.between(0.005, 0.05, "poll", why)
        self.scheduler.spawn(f"poll {self.name}", self._poll, process=Process(self.name), after=wait)

    def _poll(self) -> None:
        """Hand over what is there, in batches that are worked on side by side."""
        self.polling = False
        size = COLLECTED_BATCH if self.window else BATCH
        while self.ready:
            batch, self.ready = self.ready[:size], self.ready[size:]
            self.scheduler.spawn(
                f"batch {self.name}", lambda batch=batch: self._consume(batch), process=Process(self.name)
            )  # type: ignore[misc]

    def _consume(self, batch: list[Message]) -> None:
        for message in batch:
            message.receives += 1
        records = [{"messageId": m.id, "body": m.body, "eventSource": "aws:sqs"} for m in batch]
        began = self.scheduler.now
        try:
            failures = self.functions.invoke(self.function, {"Records": records})["batchItemFailures"]
            failed = {each["itemIdentifier"] for each in failures}
        except FunctionFailed:
            failed = {message.id for message in batch}
        visible = max(0.0, VISIBILITY - (self.scheduler.now - began))
        self.held -= len(batch)
        for message in batch:
            at = f"{message.id}/{message.receives}"
            kept = message.id in failed or self.plan.fault(Site(self.name, "delete", at), OF_A_MESSAGE[2:]) is not None
            if kept and message.receives >= RECEIVES:
                self.dead.append(message.body)
            elif kept:
                self._arrive(message, visible)


@dataclass
class Stream:
    """A table's stream and the relay that reads it: in order, a batch again until it succeeds, a failing one halved."""

    name: str
    function: str
    scheduler: Scheduler
    chance: Chance
    plan: Plan
    functions: Functions
    window: float = 0.0
    pending: list[Item] = field(default_factory=list)
    reading: bool = False
    batches: int = 0

    def insert(self, item: Item) -> None:
        """Hear of an item that was inserted; only facts pass the relay's filter."""
        if item.get("entity") != {"S": "event"}:
            return
        self.pending.append(item)
        if not self.reading:
            self.reading = True
            wait = self.window or 0.1
            self.scheduler.spawn(f"read {self.name}", self._read, process=Process(self.name), after=wait)

    def _read(self) -> None:
        size, pause = STREAM_BATCH, 1.0
        while self.pending:
            batch = self.pending[:size]
            self.batches += 1
            if self._relay(batch, f"{self.name}={self.batches}"):
                del self.pending[: len(batch)]
                size, pause = STREAM_BATCH, 1.0
            else:
                size = max(1, len(batch) // 2)
                self.scheduler.sleep(pause)
                pause = min(60.0, 2 * pause)
        self.reading = False

    def _relay(self, batch: list[Item], at: str) -> bool:
        """Whether the batch can be let go of."""
        records = [{"eventName": "INSERT", "dynamodb": {"NewImage": item}} for item in batch]
        fault = self.plan.fault(Site(self.name, "batch", at), OF_A_BATCH)
        if fault == "failed before":
            return False
        try:
            self.functions.invoke(self.function, {"Records": records})
        except FunctionFailed:
            return False
        return fault != "batch twice"


@dataclass
class Bus:
    """EventBridge: each event it takes goes to every queue whose rule hears it. It keeps an archive."""

    rules: list[tuple[ConsumerSubscription, Queue]]
    now: Callable[[], float]
    archive: list[Item] = field(default_factory=list)

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        assert operation == "put_events", operation
        entries = params["Entries"]
        assert 0 < len(entries) <= PUT_LIMIT, len(entries)
        results: list[Item] = []
        for number, entry in enumerate(entries):
            if partial and number == len(entries) - 1:
                results.append({"ErrorCode": "ThrottlingException", "ErrorMessage": "simulated"})
                continue
            self._take(entry)
            results.append({"EventId": str(len(self.archive))})
        return {"FailedEntryCount": sum("ErrorCode" in each for each in results), "Entries": results}

    def _take(self, entry: Item) -> None:
        event = {
            "id": str(len(self.archive)),
            "source": entry["Source"],
            "detail-type": entry["DetailType"],
            "time": str(self.now()),
            "detail": json.loads(entry["Detail"]),
        }
        self.archive.append(event)
        body = orjson.dumps(event).decode()
        for rule, queue in self.rules:
            if rule.hears(entry["Source"], entry["DetailType"]):
                queue.send(body)


@dataclass
class Sqs:
    """The API of queues: what services send themselves, to the dead letters and to the operators."""

    scheduler: Scheduler
    queues: dict[str, Queue]
    failed_turns: list[Item] = field(default_factory=list)

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        if operation == "get_queue_attributes":
            return {"Attributes": {"ApproximateNumberOfMessages": str(self._depth(params["QueueUrl"]))}}
        assert operation == "send_message", operation
        if params["QueueUrl"] == "failed-turns":
            self.failed_turns.append(json.loads(params["MessageBody"]))
        else:
            self.queues[self.scheduler.running.process.name].dead.append(params["MessageBody"])
        return {"MessageId": "-"}

    def _depth(self, url: str) -> int:
        dead = url.startswith("dead ")
        queue = self.queues[url.removeprefix("dead ")]
        return len(queue.dead) if dead else queue.held
