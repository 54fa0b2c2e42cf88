"""One emulator with our hooks for the whole folder, on a free port, forgotten afterwards."""

import json
import secrets
import socket
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from infra.local import emulator
from infra.local.assembly import _zip
from infra.local.aws import Aws
from infra.local.home import ACCOUNT, Home

ROLE = f"arn:aws:iam::{ACCOUNT}:role/local"
EVERYTHING = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": ["lambda.amazonaws.com"]}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], Any], within: float = 10.0) -> Any:
    """The first truthy answer of `what`; fails when there is none in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing came within {within} s")


@dataclass
class Cloud:
    """The emulator and short words for the resources a test needs."""

    home: Home
    scratch: Path
    secret: str = ""

    def __post_init__(self) -> None:
        self.aws = Aws(self.home)
        self._names = count(1)
        self._clients: dict[str, Any] = {}

    until = staticmethod(until)

    def role(self, policy: dict[str, Any], name: str = "") -> str:
        """The ARN of a role that functions have, and that may do what this policy says."""
        iam, name = self.client("iam"), name or self.name("role")
        trust = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
        made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=json.dumps(policy))
        return str(made["Role"]["Arn"])

    def client(self, service: str) -> Any:
        return self._clients.setdefault(service, self.aws.client(service))

    def name(self, kind: str) -> str:
        return f"{kind}-{next(self._names)}"

    def function(self, code: str, timeout: int = 10, **more: Any) -> str:
        """A Lambda function of this module text with a `handler`; returns its name."""
        name = self.name("function")
        self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.13",
            Handler="main.handler",
            Timeout=timeout,
            Code={"ZipFile": self._package(code)},
            **{"Role": ROLE, **more},
        )
        return name

    def update(self, function: str, code: str) -> None:
        self.client("lambda").update_function_code(FunctionName=function, ZipFile=self._package(code))

    def _package(self, code: str) -> bytes:
        directory = self.scratch / self.name("package")
        directory.mkdir()
        (directory / "main.py").write_text(textwrap.dedent(code))
        return _zip(directory)

    def invoke(self, function: str, event: Any = None) -> tuple[Any, str | None]:
        """The payload and the FunctionError of one call."""
        reply = self.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
        return json.load(reply["Payload"]), reply.get("FunctionError")

    def workflow(self, states: dict[str, Any], **more: Any) -> str:
        """An Express workflow of these states, starting at the first; returns its ARN."""
        top = {key: more.pop(key) for key in ("TimeoutSeconds",) if key in more}
        definition = {"QueryLanguage": "JSONata", "StartAt": next(iter(states)), "States": states, **top}
        created = self.client("stepfunctions").create_state_machine(
            name=self.name("workflow"), type="EXPRESS", roleArn=ROLE, definition=json.dumps(definition), **more
        )
        return str(created["stateMachineArn"])

    def run(self, machine: str, event: Any = None) -> dict[str, Any]:
        return dict(
            self.client("stepfunctions").start_sync_execution(stateMachineArn=machine, input=json.dumps(event or {}))
        )

    def queue(self, **attributes: str) -> tuple[str, str]:
        """A queue's URL and ARN."""
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=self.name("queue"), Attributes=attributes)["QueueUrl"]
        return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def messages(self, url: str, **more: Any) -> list[dict[str, Any]]:
        reply = self.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, **more)
        return list(reply.get("Messages", []))

    def stack(self, resources: dict[str, Any]) -> dict[str, str]:
        """Create a stack of these resources; returns the physical id of each."""
        cloudformation, name = self.client("cloudformation"), self.name("stack")
        cloudformation.create_stack(StackName=name, TemplateBody=json.dumps({"Resources": resources}))
        until(lambda: self.stack_status(name) == "CREATE_COMPLETE")
        found = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        return {entry["LogicalResourceId"]: entry["PhysicalResourceId"] for entry in found}

    def stack_status(self, name: str) -> str:
        status = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        assert "ROLLBACK" not in status, status
        return str(status)


def running(home: Home, scratch: Path, secret: str = "") -> Cloud:
    """A cloud whose functions may do everything, unless they are given a role of their own."""
    found = Cloud(home, scratch, secret)
    found.role(EVERYTHING, ROLE.rpartition("/")[2])
    return found


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    directory = tmp_path_factory.mktemp("cloud")
    home, secret = Home(directory / "home", free_port()), secrets.token_hex(8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_THE_HOST", secret)
        emulator.start(home, persist=False)
    try:
        yield running(home, directory, secret)
    finally:
        emulator.stop(home)


@pytest.fixture
def restartable(tmp_path: Path) -> Iterator[Cloud]:
    """An emulator of the test's own that keeps its state."""
    home = Home(tmp_path / "home", free_port())
    emulator.start(home)
    try:
        yield running(home, tmp_path)
    finally:
        emulator.stop(home)


@pytest.fixture(scope="session")
def unused_port() -> Callable[[], int]:
    return free_port
