"""A deployed local cloud, and handles on what runs in it: functions, workflows, queues, tables."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from infra.local import emulator, stack_file
from infra.local.aws import Aws
from infra.local.home import Home
from infra.local.players import token
from infra.local.workers import workers_of
from infra.permissions.record import Call, named_calls
from ninelives.ops.audit.reading import StreamReport, read_stream
from ninelives.ops.deadletters.queues import depth
from stagekit.packing import unpack
from tests.support.converse_server import ConverseServer, hangs_up_once
from tests.support.waiting import until

Item = dict[str, Any]


CHAOTIC = (("gateway", "api"), ("dm", "invoke_dungeon_master"), ("tools", "execute_tool"))
SOON, FOR_GOOD = 3_600, {"N": "inf"}
NOWHERE = "nowhere"
"""The name, or the end of the name, of what no role knows: for functions that are to fail."""


@dataclass
class Cloud:
    """One cloud, by its home."""

    home: Home
    _off_the_record: set[tuple[str, str]] = field(default_factory=set, repr=False)
    _told_denied: set[tuple[str, ...]] = field(default_factory=set, repr=False)

    @property
    def stack(self) -> dict[str, Any]:
        return stack_file.load(self.home) or {}

    def client(self, service: str) -> Any:
        return Aws(self.home).client(service)

    def token(self, name: str) -> str:
        return token(self.home, self.stack, name)

    # Functions

    def function(self, service: str, name: str) -> str:
        """The physical name of a function."""
        arn = self.client("ssm").get_parameter(Name=f"/ninelives/local/{service}/fn/{name}")["Parameter"]["Value"]
        return str(arn).rpartition(":")[2]

    def workers(self, service: str, name: str) -> list[int]:
        return workers_of(self.home, self.function(service, name))

    def invoke(self, service: str, name: str, payload: Any) -> Any:
        """The answer of a function; fails when it raised."""
        answer = self.client("lambda").invoke(FunctionName=self.function(service, name), Payload=json.dumps(payload))
        body = json.loads(answer["Payload"].read() or b"null")
        assert not answer.get("FunctionError"), body
        return body

    def consume(self, service: str, name: str, events: list[Item]) -> None:
        """Hand events to a consumer as its queue does, here and now; fails when it hands one back."""
        records = [
            {"messageId": str(number), "eventSource": "aws:sqs", "body": json.dumps(event)}
            for number, event in enumerate(events)
        ]
        assert self.invoke(service, name, {"Records": records})["batchItemFailures"] == []

    def told_by_bedrock(self, url: str, model: str, patience: float = 1.5) -> AbstractContextManager[None]:
        """The dungeon master is a model behind this Converse endpoint, waited for so many seconds."""
        return self.settings(
            "dm",
            "invoke_dungeon_master",
            timeout=ceil(patience) + 4,
            DM_PROVIDER="bedrock",
            DM_MODEL=model,
            DM_TIMEOUT_SECONDS=str(patience),
            AWS_ENDPOINT_URL_BEDROCK_RUNTIME=url,
        )

    @contextmanager
    def silent_model(self) -> Iterator[Callable[[], None]]:
        """Every turn waits for a model that says nothing, until what is given is called: then the understudy tells it.
        A turn begun here must also end here."""
        released = threading.Event()
        with (
            ConverseServer(default=hangs_up_once(released)) as server,
            self.told_by_bedrock(server.url, "anthropic.claude-sonnet-4-of-the-tests", patience=25),
        ):
            try:
                yield released.set
            finally:
                released.set()

    @contextmanager
    def settings(self, service: str, name: str, *, timeout: int | None = None, **variables: str) -> Iterator[None]:
        """A function with other settings for a while. Changing them ends its workers, busy ones too."""
        functions, function = self.client("lambda"), self.function(service, name)
        before = functions.get_function_configuration(FunctionName=function)

        def apply(seconds: int, environment: dict[str, str]) -> None:
            functions.update_function_configuration(
                FunctionName=function, Timeout=seconds, Environment={"Variables": environment}
            )
            functions.get_waiter("function_updated_v2").wait(FunctionName=function)

        known = before["Environment"]["Variables"]
        apply(timeout or before["Timeout"], {**known, **variables})
        try:
            yield
        finally:
            apply(before["Timeout"], known)

    @contextmanager
    def throttled(self, service: str, name: str) -> Iterator[None]:
        """A function that takes no calls for a while."""
        functions, function = self.client("lambda"), self.function(service, name)
        functions.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)
        try:
            yield
        finally:
            functions.delete_function_concurrency(FunctionName=function)

    # Transactions

    @contextmanager
    def lasting_transactions(self, milliseconds: float) -> Iterator[Callable[[], int]]:
        """Transactions take this long for a while, and conflict where they overlap, as on AWS. Gives how many requests
        were refused because of that so far."""

        def last(milliseconds: float) -> int:
            answer = emulator.ask(self.home, f"/_ninelives/transactions?lasting={milliseconds}")
            assert answer is not None, "the local cloud is gone"
            return int(answer["refused"])

        before = last(milliseconds)
        try:
            yield lambda: last(milliseconds) - before
        finally:
            last(0)

    # Permissions

    def calls(self) -> set[Call]:
        """The calls to AWS that functions have made so far and were allowed."""
        seen = [call for call in self._list_calls()["allowed"] if (call[0], call[1]) not in self._off_the_record]
        return named_calls(seen, stack_file.parameters(Aws(self.home)))

    def list_denied(self) -> set[tuple[str, ...]]:
        """Calls that a role has refused since this was asked last: function, action, ARN. Those on something `nowhere`
        were meant to be."""
        refused = {tuple(call) for call in self._list_calls()["denied"] if not call[2].endswith(NOWHERE)}
        new = refused - self._told_denied
        self._told_denied |= refused
        return new

    @contextmanager
    def granted(self, service: str, name: str, action: str, arn: str) -> Iterator[None]:
        """A function that may do something more for a while, as in another deployment: it stays off the record."""
        function, roles = self.function(service, name), self.client("iam")
        configured = self.client("lambda").get_function_configuration(FunctionName=function)
        policy = {"RoleName": configured["Role"].rpartition("/")[2], "PolicyName": "for-a-while"}
        document = {"Statement": [{"Effect": "Allow", "Action": action, "Resource": arn}]}
        roles.put_role_policy(**policy, PolicyDocument=json.dumps(document))
        self._off_the_record.add((function, action))
        try:
            yield
        finally:
            roles.delete_role_policy(**policy)

    @contextmanager
    def chaos(self) -> Iterator[None]:
        """As in a deployment whose operator lets turns be broken on purpose."""
        stages = self.client("dynamodb").describe_table(TableName=self.stack["tables"]["tools/stages"])["Table"]
        with ExitStack() as allowed:
            for function in CHAOTIC:
                allowed.enter_context(self.settings(*function, CHAOS="1"))
            allowed.enter_context(self.granted("tools", "execute_tool", "dynamodb:UpdateItem", stages["TableArn"]))
            yield

    def _list_calls(self) -> dict[str, list[list[str]]]:
        return emulator.ask(self.home, "/_ninelives/calls", timeout=10) or {}

    # Workflows

    def executions(self, turn_id: str) -> list[Item]:
        """The executions of a turn's workflow, as `describe_execution` tells them."""
        machines = self.client("stepfunctions")
        latest = machines.list_executions(stateMachineArn=self.stack["state_machine"], maxResults=20)["executions"]
        told = (machines.describe_execution(executionArn=each["executionArn"]) for each in latest)
        return [each for each in told if turn_id in each["input"]]

    def failures(self, turn_id: str) -> list[str]:
        """The names of the errors that its tasks have ended in so far, retried or not."""
        histories = self.client("stepfunctions").get_paginator("get_execution_history")
        return [
            event["taskFailedEventDetails"]["error"]
            for execution in self.executions(turn_id)
            for page in histories.paginate(executionArn=execution["executionArn"])
            for event in page["events"]
            if event["type"] == "TaskFailed"
        ]

    # What is written

    def audit(self, stream: str) -> StreamReport:
        return read_stream(self.client("dynamodb"), self.stack["tables"]["audit/audit"], stream)

    def items(self, table: str) -> list[Item]:
        """Everything in a table, in the order of its keys."""
        pages = self.client("dynamodb").get_paginator("scan").paginate(TableName=self.stack["tables"][table])
        return sorted((item for page in pages for item in page["Items"]), key=_place)

    def admissions(self) -> list[Item]:
        """The gateway's table without the feed, which is written when events arrive and not when somebody asks, and
        without what is about to expire, tickets say: it goes by itself."""
        soon = time.time() + SOON
        return [
            item
            for item in self.items("gateway/gateway")
            if not item["pk"]["S"].startswith("FEED#") and float(item.get("expires_at", FOR_GOOD)["N"]) > soon
        ]

    def read_record(self, campaign_id: str) -> list[Item]:
        """The events that the audit has of a campaign, facts and progress, as EventBridge delivers them."""
        rows = [(row, unpack(row["detail"]["S"])) for row in self.items("audit/audit") if "detail" in row]
        said = [(row, json.loads(detail)) for row, detail in rows if campaign_id in detail]
        return [_envelope(row["detail_type"]["S"], row["source"]["S"], detail) for row, detail in said]

    def read_outbox(self, table: str, stream: str) -> list[Item]:
        """The facts in the outbox of a table, as EventBridge delivers them; there before anything is published."""
        outbox = (item for item in self.items(table) if item["pk"]["S"] == f"STREAM#{stream}")
        facts = (json.loads(unpack(item["event"]["S"])) for item in outbox)
        return [_envelope(fact["detail_type"], fact["source"], fact["detail"]) for fact in facts]

    def outbox(self, table: str, stream: str) -> list[Item]:
        """The facts of a stream as EventBridge delivers them, read by its key."""
        pages = (
            self.client("dynamodb")
            .get_paginator("query")
            .paginate(
                TableName=self.stack["tables"][table],
                KeyConditionExpression="pk = :stream",
                ExpressionAttributeValues={":stream": {"S": f"STREAM#{stream}"}},
                ConsistentRead=True,
            )
        )
        facts = (json.loads(unpack(item["event"]["S"])) for page in pages for item in page["Items"])
        return [_envelope(fact["detail_type"], fact["source"], fact["detail"]) for fact in facts]

    # Queues

    def count_queued(self, queue: str) -> int:
        """Messages in a queue: visible, in flight, or delayed."""
        return depth(self.client("sqs"), self.stack["queues"][queue])

    def send(self, queue: str, body: str) -> None:
        """Put a message into a queue, to be delivered at once whatever the queue's delay."""
        self.client("sqs").send_message(QueueUrl=self.stack["queues"][queue], MessageBody=body, DelaySeconds=0)

    def send_batch(self, queue: str, events: list[Item]) -> None:
        """Put at most ten events into a queue."""
        entries = [{"Id": str(number), "MessageBody": json.dumps(event)} for number, event in enumerate(events)]
        if entries:
            answer = self.client("sqs").send_message_batch(QueueUrl=self.stack["queues"][queue], Entries=entries)
            assert not answer.get("Failed"), answer

    def take(self, queue: str, mark: str) -> list[Item]:
        """Wait for messages that contain `mark`, remove them from the queue, and return them."""
        found: list[Item] = until(lambda: self._receive_marked(queue, mark), why=f"a message about {mark} in {queue}")
        for message in found:
            self.client("sqs").delete_message(
                QueueUrl=self.stack["queues"][queue], ReceiptHandle=message["ReceiptHandle"]
            )
        return found

    def _receive_marked(self, queue: str, mark: str) -> list[Item]:
        received = self.client("sqs").receive_message(
            QueueUrl=self.stack["queues"][queue],
            MaxNumberOfMessages=10,
            VisibilityTimeout=1,
            MessageAttributeNames=["All"],
        )
        return [message for message in received.get("Messages", ()) if mark in message["Body"]]

    def undelayed(self, queue: str) -> AbstractContextManager[None]:
        """A queue that delivers at once for a while."""
        return self._tuned(queue, DelaySeconds="0")

    def impatient(self, queue: str, seconds: int) -> AbstractContextManager[None]:
        """A queue that gives what was not finished to the next worker after so many seconds, for a while."""
        return self._tuned(queue, VisibilityTimeout=str(seconds))

    @contextmanager
    def _tuned(self, queue: str, **attributes: str) -> Iterator[None]:
        queues, url = self.client("sqs"), self.stack["queues"][queue]
        before = queues.get_queue_attributes(QueueUrl=url, AttributeNames=list(attributes))["Attributes"]
        queues.set_queue_attributes(QueueUrl=url, Attributes=attributes)
        try:
            yield
        finally:
            queues.set_queue_attributes(QueueUrl=url, Attributes=before)


def _place(item: Item) -> str:
    return json.dumps([item.get(name) for name in ("pk", "sk", "id")])


def _envelope(detail_type: str, source: str, detail: Item) -> Item:
    return {
        "version": "0",
        "id": detail["metadata"]["event_id"],
        "detail-type": detail_type,
        "source": source,
        "time": detail["metadata"]["occurred_at"],
        "detail": detail,
    }
