"""The turn's definition on the emulator's interpreter, in this process, with functions that are called directly.

The interpreter is a private copy of the emulator's module: what is replaced here is replaced there alone, so that
neither a local cloud in this process nor its hooks notice, and turns may be played side by side.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from types import SimpleNamespace
from typing import Any

import orjson

from infra.local.expressions import EVALUATED, quicken, snapshot
from infra.local.hooks.surface import need
from infra.workflows.generate import DEFINITION

EMULATOR = "ministack.services.stepfunctions"
MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:turn"
RUN = "arn:aws:states:us-east-1:000000000000:express:turn:00000000-0000-0000-0000-000000000000"
Execution = dict[str, Any]
Call = Callable[[str, Any], Any]
NameOf = Callable[[Exception], str | None]
Pause = Callable[[float], object]
_numbers = count()
_parsed: dict[str | bytes, Any] = {}
"""Definitions by their text."""
_REPLACED = (
    *EVALUATED,
    "copy",
    "time",
    "_scaled_sleep",
    "_invoke_resource_with_timeout",
    "_emit_execution_status_event",
)
"""Names of the emulator that are other functions in the private copy."""


def by_class(error: Exception) -> str | None:
    """The name of an error in Lambda: that of its class."""
    return type(error).__name__


def no_pause(seconds: float) -> None:
    """Retry at once."""


class _Abandoned(BaseException):
    """Ends a run that found a bug: no Retry and no Catch of the definition may see this."""


@dataclass
class _Run:
    """One execution's functions, and the bugs that were found in them."""

    call: Call
    name_of: NameOf
    pause: Pause
    bugs: list[Exception] = field(default_factory=list)

    def invoke(self, function: str, payload: Any) -> Any:
        if self.bugs:
            raise _Abandoned
        try:
            return self.call(function, payload)
        except Exception as error:
            name = self.name_of(error)
            if name is None:
                self.bugs.append(error)
                raise _Abandoned from error
            said = {"errorType": name, "errorMessage": str(error)}
            raise _emulator()._ExecutionError(name, json.dumps(said)) from error


_running: ContextVar[_Run] = ContextVar("running")


def run(
    call: Call,
    given: str,
    tasks: Mapping[str, str] | None = None,
    *,
    name_of: NameOf = by_class,
    pause: Pause = no_pause,
) -> Execution:
    """Run the workflow on the input `given`; `call(function, payload)` answers its tasks. Returns the execution.

    `tasks` names the functions behind the definition's placeholders; without it `OpenTurnArn` is `OpenTurn`. An error
    of `call` fails its stage under the name that `name_of` has for it. An error that it has no name for is a bug: the
    run ends, and the error is raised here. `pause` is called with the seconds before each retry.
    """
    emulator, one = _emulator(), _Run(call, name_of, pause)
    number = next(_numbers) % 10_000
    arn, machine = f"{RUN}:{number:04}", f"{MACHINE}:{number:04}"
    execution: Execution = {
        "executionArn": arn,
        "stateMachineArn": machine,
        "name": "one",
        "status": "RUNNING",
        "startDate": emulator.now_iso(),
        "stopDate": None,
        "input": given,
        "output": None,
        "events": [{"id": 1, "type": "ExecutionStarted"}],
    }
    emulator._executions[arn] = execution
    emulator._state_machines[machine] = {"name": "turn", "definition": _definition(tuple((tasks or {}).items()))}
    running = _running.set(one)
    try:
        with suppress(_Abandoned):
            emulator._run_execution(arn)
    finally:
        _running.reset(running)
        del emulator._executions[arn], emulator._state_machines[machine]
    if one.bugs:
        raise one.bugs[0]
    return execution


@cache
def _definition(tasks: tuple[tuple[str, str], ...]) -> str:
    named = dict(tasks)
    text = DEFINITION.read_text(encoding="utf-8")
    filled = re.sub(r"\$\{(\w+)Arn}", lambda found: named[f"{found[1]}Arn"] if named else found[1], text)
    _parsed[filled] = json.loads(filled)
    return filled


@cache
def _emulator() -> Any:
    """The private copy: it calls this module's functions, tells nobody of its executions, and evaluates fast."""
    spec = importlib.util.find_spec(EMULATOR)
    assert spec is not None and spec.loader is not None
    copied: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copied)
    need(copied, *_REPLACED, "_executions", "_state_machines", "_run_execution", "_ExecutionError", "now_iso")
    quicken(copied)
    copied.json = SimpleNamespace(loads=_loads, dumps=_dumps, JSONDecodeError=json.JSONDecodeError)
    copied.copy = SimpleNamespace(deepcopy=snapshot)
    copied.time = SimpleNamespace(sleep=_nothing)  # before it starts; retries wait by `_scaled_sleep`
    copied._scaled_sleep = lambda seconds: _running.get().pause(seconds)
    copied._invoke_resource_with_timeout = _invoke
    copied._emit_execution_status_event = _nothing
    return copied


def _invoke(resource: str, arguments: dict[str, Any], timeout: int) -> dict[str, Any]:
    return {"StatusCode": 200, "Payload": _running.get().invoke(arguments["FunctionName"], arguments["Payload"])}


def _loads(text: str | bytes) -> Any:
    """The value of a JSON text. Executions share their definition: nobody changes it."""
    return _parsed[text] if text in _parsed else json.loads(text)


def _dumps(value: Any) -> str:
    """JSON of a history that few read: several times as fast as `json`, and as long without its spaces."""
    return orjson.dumps(value).decode()


def _nothing(*_: object) -> None:
    """In the place of what a run in this process does not need."""


def transitions(execution: Execution) -> int:
    """States that were entered."""
    return sum(event["type"].endswith("StateEntered") for event in execution["events"])


def log_lines(execution: Execution) -> list[str]:
    """The lines that logging at level ALL without execution data writes: one per event of the execution."""
    return [_line(execution["executionArn"], event) for event in execution["events"]]


def _line(arn: str, event: dict[str, Any]) -> str:
    details: dict[str, Any] = next((value for key, value in event.items() if key.endswith("EventDetails")), {})
    shown = {key: value for key, value in details.items() if key not in ("input", "output")}
    said = {
        "id": str(event["id"]),
        "type": event["type"],
        "details": shown,
        "previous_event_id": str(event["id"] - 1),
        "event_timestamp": "1790000000000",
        "execution_arn": arn,
        "redrive_count": "0",
    }
    return json.dumps(said)
