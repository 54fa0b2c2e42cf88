"""Runs the turn's definition on the emulator's own interpreter, in this process, with stages that are plain functions.

No server, no Lambda, no waiting: retries follow the definition but their pauses are left out.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ministack.services import stepfunctions

DEFINITION = Path(__file__).parents[2] / "infra" / "workflows" / "turn.asl.json"
Stages = Callable[[str, dict[str, Any]], Any]
MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:turn"


class Raised(Exception):
    """A stage's failure under the name a workflow would see."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def definition() -> dict[str, Any]:
    return json.loads(DEFINITION.read_text())


def run(stages: Stages, turn: dict[str, Any]) -> dict[str, Any]:
    """Play one turn. Returns the execution: status, output, error."""
    execution = {
        "executionArn": "arn:aws:states:us-east-1:000000000000:execution:turn:one",
        "stateMachineArn": MACHINE,
        "name": "one",
        "status": "RUNNING",
        "startDate": stepfunctions.now_iso(),
        "stopDate": None,
        "input": json.dumps(turn),
        "output": None,
        "events": [{"id": 1}],
    }
    with _interpreter(stages):
        stepfunctions._executions[execution["executionArn"]] = execution
        stepfunctions._state_machines[MACHINE] = {"name": "turn", "definition": _substituted(), "roleArn": "role"}
        try:
            stepfunctions._run_execution(execution["executionArn"])
        finally:
            del stepfunctions._executions[execution["executionArn"]], stepfunctions._state_machines[MACHINE]
    return execution


def _substituted() -> str:
    return re.sub(r"\$\{(\w+)Arn\}", r"\1", DEFINITION.read_text())


@contextmanager
def _interpreter(stages: Stages) -> Iterator[None]:
    def invoke(resource: str, arguments: dict[str, Any], timeout: int = 0) -> dict[str, Any]:
        sent = json.loads(json.dumps(arguments))
        try:
            answer = stages(sent["FunctionName"], sent["Payload"])
        except Raised as error:
            body = {"errorType": error.name, "errorMessage": "as scripted"}
            raise stepfunctions._ExecutionError(error.name, json.dumps(body)) from None
        return {"StatusCode": 200, "Payload": json.loads(json.dumps(answer))}

    at_once = types.SimpleNamespace(sleep=lambda seconds: None)
    patched = {"time": at_once, "_invoke_resource_with_timeout": invoke, "_emit_execution_status_event": lambda e: None}
    before = {name: getattr(stepfunctions, name) for name in patched}
    for name, value in patched.items():
        setattr(stepfunctions, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(stepfunctions, name, value)
