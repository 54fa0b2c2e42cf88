"""The floor: an Express workflow of functions that do nothing, on the same cloud and with as many invocations."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from infra.local.home import ACCOUNT
from tests.support.cloud import Cloud

NAME = "bench-floor"
CODE = "def handler(event, context):\n    return event\n"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/{NAME}"
WHO = {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]}


@dataclass(frozen=True)
class Floor:
    """The workflow. `invocations` are its steps, one after the other."""

    cloud: Cloud
    machine: str
    invocations: int

    def run(self) -> None:
        """One run to its end. Raises AssertionError when it did not succeed."""
        ended = self.cloud.client("stepfunctions").start_sync_execution(stateMachineArn=self.machine, input="{}")
        assert ended["status"] == "SUCCEEDED", ended


@contextmanager
def floor(cloud: Cloud, invocations: int) -> Iterator[Floor]:
    """A workflow of so many invocations, gone afterwards."""
    functions, workflows, roles = (cloud.client(name) for name in ("lambda", "stepfunctions", "iam"))
    roles.create_role(RoleName=NAME, AssumeRolePolicyDocument=json.dumps(_policy("sts:AssumeRole", Principal=WHO)))
    may = json.dumps(_policy("lambda:InvokeFunction", "logs:*", Resource="*"))
    roles.put_role_policy(RoleName=NAME, PolicyName=NAME, PolicyDocument=may)
    function = functions.create_function(
        FunctionName=NAME,
        Runtime="python3.13",
        Role=ROLE,
        Handler="stub.handler",
        Code={"ZipFile": _archive()},
        Timeout=10,
        MemorySize=256,
    )["FunctionArn"]
    machine = workflows.create_state_machine(
        name=NAME, type="EXPRESS", roleArn=ROLE, definition=json.dumps(_definition(function, invocations))
    )["stateMachineArn"]
    try:
        yield Floor(cloud, machine, invocations)
    finally:
        workflows.delete_state_machine(stateMachineArn=machine)
        functions.delete_function(FunctionName=NAME)
        roles.delete_role_policy(RoleName=NAME, PolicyName=NAME)
        roles.delete_role(RoleName=NAME)


def _policy(*actions: str, **about: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), **about}]}


def _definition(function: str, invocations: int) -> dict[str, Any]:
    states: dict[str, Any] = {}
    for number in range(invocations):
        last = number == invocations - 1
        states[f"Step{number}"] = {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {"FunctionName": function, "Payload": "{% $states.input %}"},
            "Output": "{% $states.result.Payload %}",
            **({"End": True} if last else {"Next": f"Step{number + 1}"}),
        }
    return {"QueryLanguage": "JSONata", "StartAt": "Step0", "States": states}


def _archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("stub.py", CODE)
    return held.getvalue()
