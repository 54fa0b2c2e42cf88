"""The whole system in one process: every service's own handlers, on simulated tables, with everything counted.

Functions, tables, queues and what feeds what come from the synthesised templates. DynamoDB is simulated; the bus, the
queues, the functions and the workflow are called here directly.
"""

from __future__ import annotations

import importlib
import io
import json
import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from types import SimpleNamespace
from typing import Any

from infra.workflows import interpreter
from ninelives.analytics.cost import units
from ninelives.analytics.cost.assembly import TABLE, Assembly
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.clock import CountedClock
from ninelives.analytics.cost.prompts import PromptSize, prompt_size
from ninelives.analytics.cost.table_use import Item, use_of
from ninelives.analytics.cost.tally import CostTally
from ninelives.analytics.cost.tape import GB, PLATFORM_LINES_GB, Tape, log_gb
from ninelives.analytics.cost.work import Work

METADATA = {"ResponseMetadata": {"HTTPStatusCode": 200, "HTTPHeaders": {}}}


@dataclass(frozen=True)
class CountedStep:
    """One task of a turn's workflow, with the modelled time of its function and what passed through it, in bytes."""

    function: str
    key: str
    milliseconds: float
    sent: int
    answered: int


class CountedCloud:
    """Answers what handlers ask of AWS, and tallies it. One campaign at a time."""

    def __init__(self, assembly: Assembly, assumptions: Assumptions) -> None:
        self.assumptions = assumptions
        self.clock = CountedClock()
        self.tape = Tape(self.clock, CostTally())
        self.work = Work()
        self.computed_ms: dict[str, list[float]] = defaultdict(list)
        self.steps: list[CountedStep] = []
        self.express_ms = self.computed = 0.0
        self.transitions = 0
        self.latest: dict[str, int] = {}
        self.prompts: list[PromptSize] = []
        self._functions = assembly.functions()
        self._tasks = assembly.tasks()
        self._subscriptions = assembly.subscriptions()
        self._batches = assembly.batches()
        self._relays = assembly.relays()
        self._indexes = {
            assembly.table_name(table): [
                key["AttributeName"]
                for index in table.properties.get("GlobalSecondaryIndexes", [])
                for key in index["KeySchema"]
                if key["KeyType"] == "RANGE"
            ]
            for table in assembly.all(TABLE)
        }
        self._waiting: deque[tuple[str, Any]] = deque()
        self._collected: dict[str, list[Any]] = defaultdict(list)
        self._numbers = count()
        self._one_task = threading.Lock()
        self._looking = threading.local()
        self._reader: Any = None

    @property
    def tally(self) -> CostTally:
        return self.tape.tally

    def begin_counting(self) -> None:
        """Forget what was counted so far."""
        self.tape.tally = CostTally()
        self.tape.metrics.clear()
        self.work.clear()
        self.computed_ms.clear()
        self.prompts.clear()

    # Functions

    def invoke(self, name: str, payload: Any) -> tuple[Any, float]:
        """Call a function as Lambda would. Returns its answer and the modelled milliseconds it is charged."""
        function = self._functions[name]
        handler = importlib.import_module(function.module).handler
        context = SimpleNamespace(
            function_name=name,
            memory_limit_in_mb=function.memory_mb,
            invoked_function_arn=f"arn:aws:lambda:us-east-1:000000000000:function:{name}",
            aws_request_id="00000000-0000-0000-0000-000000000000",
            get_remaining_time_in_millis=lambda: 6000,
        )
        with self.clock.outside():
            given = json.loads(json.dumps(payload))
            with self.clock.running(name) as frame:
                answer = handler(given, context)
                own = frame.cpu_ms
            answered = json.loads(json.dumps(answer))
            milliseconds = self.assumptions.function_ms(own, function.memory_mb) + frame.waited_ms
            charged = milliseconds + self.assumptions.cold_share * self.assumptions.cold_ms
            self.work.invocations[name] += 1
            self.computed_ms[name].append(own)
            self.computed += own
            self.tally.add(function.service, "log-gb", PLATFORM_LINES_GB)
            self.tally.add(function.service, "lambda-request", 1)
            self.tally.add(function.service, "lambda-gb-second", units.lambda_gb_seconds(function.memory_mb, charged))
        return answered, milliseconds

    def deliver(self) -> None:
        """Let relays and consumers work until nothing waits.

        One message at a time, as it is when few play; but who collects messages for a while gets all that came."""
        while self._waiting or self._collected:
            while self._waiting:
                self._consume(*self._waiting.popleft())
            for function, records in list(self._collected.items()):
                batch = self._batches[function].size
                self._consume(function, {"Records": records[:batch]})
                del records[:batch]
                if not records:
                    del self._collected[function]

    def _consume(self, function: str, payload: Any) -> None:
        self.tally.add(function.partition("/")[0], "trace", self.assumptions.traced_share)
        answer, _ = self.invoke(function, payload)
        assert not (answer or {}).get("batchItemFailures"), f"{function} gave messages back: {answer}"

    # What boto3 asks

    def answer(self, operation: str, asked: Any) -> Any | None:
        if operation not in ("Invoke", "StartSyncExecution", "StartExecution", "PutEvents", "SendMessage"):
            return None
        with self.clock.outside():
            return METADATA | getattr(self, f"_{operation.lower()}")(asked)

    def note_request(self) -> None:
        if (frame := self.clock.now) and not frame.away:
            frame.sent = frame.cpu_ms

    def note_response(self) -> None:
        if (frame := self.clock.now) and not frame.away:
            frame.outside += (frame.cpu_ms - frame.sent) / 1000

    def note_answer(self, operation: str, asked: Any, answer: Any) -> None:
        frame = self.clock.now
        if frame is None or getattr(self._looking, "on", False):
            return
        frame.waited_ms += self.assumptions.waits_ms[operation]
        self.work.calls[frame.function, operation] += 1
        if operation.endswith(("Item", "Items", "Query", "Statement")):
            with self.clock.outside():
                self._count_tables(frame.function, operation, asked, answer)

    def _count_tables(self, function: str, operation: str, asked: Item, answer: Item) -> None:
        service = function.partition("/")[0]
        use = use_of(operation, asked, answer, self._look_up, self._indexes)
        for price, units_used in (("dynamodb-read", use.reads), ("dynamodb-write", use.writes)):
            if units_used:
                self.tally.add(service, price, units_used)
        if use.writes:
            self.work.write_units[function] += use.writes
        for written in use.written:
            entity = written.item.get("entity", {}).get("S", "kept answer" if "id" in written.item else "item")
            self.latest[f"{service}: {entity}"] = written.size
        if "Error" in answer:
            assert operation != "TransactWriteItems", f"the simulation cannot undo this: {answer['Error']}"
            return
        self._relay([(written.table, written.item) for written in use.written])

    def _look_up(self, table: str, key: Item) -> Item:
        import boto3

        self._looking.on = True
        try:
            self._reader = self._reader or boto3.client("dynamodb", region_name="us-east-1")
            found: Item = self._reader.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {})
            return found
        finally:
            self._looking.on = False

    def _relay(self, written: Iterable[tuple[str, Item]]) -> None:
        by_table: dict[str, list[Any]] = defaultdict(list)
        for table, item in written:
            if table in self._relays and item.get("entity", {}).get("S") == "event":
                by_table[table].append({"eventName": "INSERT", "dynamodb": {"NewImage": item}})
        for table, records in by_table.items():
            if self._batches[self._relays[table]].window:
                self._collected[self._relays[table]].extend(records)
            else:
                self._waiting.append((self._relays[table], {"Records": records}))

    # In the place of AWS

    def _invoke(self, asked: Item) -> Item:
        answer, milliseconds = self.invoke(asked["FunctionName"], json.loads(asked["Payload"]))
        self._wait(milliseconds)
        return {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(answer).encode())}

    def _startsyncexecution(self, asked: Item) -> Item:
        self.steps.clear()
        execution = interpreter.run(self._task, asked["input"], self._tasks)
        self.transitions = interpreter.transitions(execution)
        self.express_ms = duration_of(self.steps) + self.transitions * self.assumptions.transition_ms
        self.tally.add("gateway", "express-request", 1)
        self.tally.add(
            "gateway", "express-gb-hour", units.express_gb_hours(self.assumptions.express_mb, self.express_ms)
        )
        self.tally.add("gateway", "log-gb", sum(map(log_gb, interpreter.log_lines(execution))))
        self._wait(self.express_ms)
        return {"executionArn": execution["executionArn"], "status": execution["status"], "output": execution["output"]}

    _startexecution = _startsyncexecution

    def _task(self, function: str, payload: Any) -> Any:
        with self._one_task:
            if function == "dm/invoke_dungeon_master":
                self.prompts.append(prompt_size(payload))
            answer, milliseconds = self.invoke(function, payload)
            key = payload["envelope"]["idempotency_key"]
            sizes = (len(json.dumps(each).encode()) for each in (payload, answer))
            self.steps.append(CountedStep(function, key, milliseconds, *sizes))
            return answer

    def _putevents(self, asked: Item) -> Item:
        frame = self.clock.now
        service = frame.service if frame else "platform"
        for entry in asked["Entries"]:
            size = sum(len(entry[part].encode()) for part in ("Source", "DetailType", "Detail"))
            self.tally.add(service, "event", units.event_units(size))
            self.tally.add("platform", "archive-gb", size / GB)
            self._route(entry)
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "0"} for _ in asked["Entries"]]}

    def _route(self, entry: Item) -> None:
        detail = json.loads(entry["Detail"])
        body = json.dumps(
            {
                "version": "0",
                "id": "00000000-0000-0000-0000-000000000000",
                "account": "000000000000",
                "region": "us-east-1",
                "time": "2026-11-01T00:00:00Z",
                "resources": [],
                "source": entry["Source"],
                "detail-type": entry["DetailType"],
                "detail": detail,
            }
        )
        for subscription in self._subscriptions:
            if subscription.wants(entry["Source"], entry["DetailType"], "quiet" in detail["metadata"]):
                service = subscription.function.partition("/")[0]
                # Sent by the bus, received and deleted by Lambda's poller.
                self.tally.add(service, "queue-request", 2 * units.queue_requests(len(body.encode())) + 1)
                self._bring(subscription.function, body)

    def _bring(self, function: str, body: str) -> None:
        """Put a message before a function that reads a queue."""
        number = str(next(self._numbers))
        record = {"messageId": number, "receiptHandle": number, "body": body, "eventSource": "aws:sqs"}
        if self._batches[function].window:
            self._collected[function].append(record)
        else:
            self._waiting.append((function, {"Records": [record]}))

    def _sendmessage(self, asked: Item) -> Item:
        frame = self.clock.now
        self.tally.add(frame.service if frame else "platform", "queue-request", 1)
        return {"MessageId": "0", "MD5OfMessageBody": ""}

    def _wait(self, milliseconds: float) -> None:
        if frame := self.clock.now:
            frame.waited_ms += milliseconds


def duration_of(steps: Iterable[CountedStep]) -> float:
    """The milliseconds of tasks together: those of one reply's intents run side by side, all others one after
    the other."""
    longest: dict[str, float] = {}
    for step in steps:
        together = step.key.rpartition("/")[0] if step.function == "tools/execute_tool" else step.key
        longest[together] = max(longest.get(together, 0.0), step.milliseconds)
    return sum(longest.values())
