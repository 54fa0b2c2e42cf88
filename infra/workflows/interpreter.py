"""The turn's definition on the emulator's interpreter, in this process, with functions that are called directly.

No server, no waiting: retries follow the definition, but their pauses are left out.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ministack.services import stepfunctions

from infra.local.home import REPOSITORY

DEFINITION = REPOSITORY / "infra" / "workflows" / "turn.asl.json"
MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:turn"
RUN = "arn:aws:states:us-east-1:000000000000:express:turn:00000000-0000-0000-0000-000000000000:0000"
Call = Callable[[str, Any], Any]


def by_class(error: Exception) -> str:
    """What Lambda calls an error: the name of its class."""
    return type(error).__name__


def run(
    call: Call,
    tasks: Mapping[str, str],
    given: str,
    definition: Path = DEFINITION,
    name_of: Callable[[Exception], str | None] = by_class,
) -> dict[str, Any]:
    """Run the workflow on the input `given`; `call(function, payload)` answers its tasks. Returns the execution.

    `name_of` says under which name the workflow sees an error of `call`; what it has no name for is no stage's failure.
    """
    execution = {
        "executionArn": RUN,
        "stateMachineArn": MACHINE,
        "name": "one",
        "status": "RUNNING",
        "startDate": stepfunctions.now_iso(),
        "stopDate": None,
        "input": given,
        "output": None,
        "events": [{"id": 1, "type": "ExecutionStarted"}],
    }
    written = re.sub(r"\$\{(\w+)}", lambda found: tasks[found[1]], definition.read_text(encoding="utf-8"))
    with _calling(call, name_of):
        stepfunctions._executions[RUN] = execution
        stepfunctions._state_machines[MACHINE] = {"name": "turn", "definition": written, "roleArn": "role"}
        try:
            stepfunctions._run_execution(RUN)
        finally:
            del stepfunctions._executions[RUN], stepfunctions._state_machines[MACHINE]
    return execution


@contextmanager
def _calling(call: Call, name_of: Callable[[Exception], str | None]) -> Iterator[None]:
    def invoke(resource: str, arguments: dict[str, Any], timeout: int = 0) -> dict[str, Any]:
        try:
            return {"StatusCode": 200, "Payload": call(arguments["FunctionName"], arguments["Payload"])}
        except Exception as error:
            name = name_of(error)
            if name is None:
                raise
            said = {"errorType": name, "errorMessage": str(error)}
            raise stepfunctions._ExecutionError(name, json.dumps(said)) from error

    at_once = types.SimpleNamespace(sleep=lambda seconds: None)
    replaced = {"time": at_once, "_invoke_resource_with_timeout": invoke, "_emit_execution_status_event": _ignore}
    before = {name: getattr(stepfunctions, name) for name in replaced}
    for name, value in replaced.items():
        setattr(stepfunctions, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(stepfunctions, name, value)


def _ignore(execution: object) -> None:
    """The bus hears of no execution."""


def transitions(execution: dict[str, Any]) -> int:
    """States that were entered."""
    return sum(event["type"].endswith("StateEntered") for event in execution["events"])


def log_lines(execution: dict[str, Any]) -> list[str]:
    """What logging at level ALL without execution data writes: one line per event of the execution."""
    return [_line(event) for event in execution["events"]]


def _line(event: dict[str, Any]) -> str:
    details: dict[str, Any] = next((value for key, value in event.items() if key.endswith("EventDetails")), {})
    shown = {key: value for key, value in details.items() if key not in ("input", "output")}
    said = {
        "id": str(event["id"]),
        "type": event["type"],
        "details": shown,
        "previous_event_id": str(event["id"] - 1),
        "event_timestamp": "1790000000000",
        "execution_arn": RUN,
        "redrive_count": "0",
    }
    return json.dumps(said)
