"""An execution ends when its time is up: `TimeoutSeconds` of the definition, five minutes for Express.

It is TIMED_OUT at that moment, starts nothing more, and what was still running is not waited for.
AWS: docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html, …/service-quotas.html
"""

from __future__ import annotations

import contextlib
import contextvars
import json
import threading
from collections.abc import Callable
from typing import Any

from ministack.core.responses import now_iso
from ministack.services import stepfunctions

from infra.local.hooks.surface import need, wrap

EXPRESS_LIMIT = 300.0  # seconds
Execution = dict[str, Any]


class ExecutionEnded(BaseException):
    """Stops the thread of an execution that ended before it: no Retry or Catch may see this."""


def limit(machine: dict[str, Any]) -> float | None:
    """Seconds this state machine may run; None when it has no limit."""
    try:
        declared = json.loads(machine["definition"]).get("TimeoutSeconds")
    except (KeyError, ValueError):
        declared = None
    limits = [float(declared)] if declared else []
    if machine.get("type") == "EXPRESS":
        limits.append(EXPRESS_LIMIT)
    return min(limits, default=None)


def _add_event(original: Callable[..., Any]) -> Callable[..., Any]:
    def add(execution: Execution, event_type: str, details: Any = None) -> Any:
        if execution["status"] != "RUNNING" and not event_type.startswith("Execution"):
            raise ExecutionEnded
        return original(execution, event_type, details)

    return add


def _fail(original: Callable[..., Any]) -> Callable[..., Any]:
    def fail(execution: Execution, error: str, cause: str) -> None:
        if execution["status"] == "RUNNING":
            original(execution, error, cause)

    return fail


def _time_out(execution: Execution, seconds: float) -> None:
    execution.update(status="TIMED_OUT", stopDate=now_iso(), error="States.Timeout")
    execution["cause"] = f"The execution did not end within {seconds:g} seconds"
    details = {"error": execution["error"], "cause": execution["cause"]}
    stepfunctions._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": details})


def _run(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_until_ended(arn: str) -> None:
        with contextlib.suppress(ExecutionEnded):
            original(arn)

    def run(arn: str) -> None:
        execution = stepfunctions._executions.get(arn)
        machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) if execution else None
        seconds = limit(machine) if machine else None
        if not execution or seconds is None:
            run_until_ended(arn)
            return
        here = contextvars.copy_context()  # carries the account and region to the other thread
        thread = threading.Thread(target=here.run, args=(run_until_ended, arn), daemon=True)
        thread.start()
        thread.join(seconds)
        if execution["status"] == "RUNNING":
            _time_out(execution, seconds)

    return run


def install() -> None:
    need(stepfunctions, "_executions", "_state_machines")
    wrap(stepfunctions, "_add_event", _add_event)
    wrap(stepfunctions, "_fail_execution", _fail)
    wrap(stepfunctions, "_run_execution", _run)
