"""A state machine with logging at level ALL writes its execution events to its CloudWatch log group.

AWS: docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch_logs, stepfunctions

from infra.local.hooks.surface import need, wrap

logger = logging.getLogger("ninelives.hooks")
Execution = dict[str, Any]
# What each level lets through, by the end of the event's type.
FAILURES = ("Failed", "TimedOut", "Aborted")


def _log_group(execution: Execution, event_type: str) -> str | None:
    machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) or {}
    logging_configuration = machine.get("loggingConfiguration") or {}
    level = logging_configuration.get("level", "OFF")
    destinations = logging_configuration.get("destinations")
    if level == "OFF" or not destinations or (level != "ALL" and not event_type.endswith(FAILURES)):
        return None
    arn = destinations[0]["cloudWatchLogsLogGroup"]["logGroupArn"]
    return str(arn).split(":log-group:", 1)[1].split(":", 1)[0]


def _message(execution: Execution, event: dict[str, Any], milliseconds: int) -> str:
    include = (stepfunctions._state_machines[execution["stateMachineArn"]].get("loggingConfiguration") or {}).get(
        "includeExecutionData", False
    )
    details: dict[str, Any] = next((value for key, value in event.items() if key.endswith("EventDetails")), {})
    if not include:
        details = {key: value for key, value in details.items() if key not in ("input", "output")}
    return json.dumps(
        {
            "id": str(event["id"]),
            "type": event["type"],
            "details": details,
            "previous_event_id": str(event["id"] - 1),
            "event_timestamp": str(milliseconds),
            "execution_arn": execution["executionArn"],
            "redrive_count": "0",
        }
    )


def _write(execution: Execution, event: dict[str, Any]) -> None:
    group = _log_group(execution, event["type"])
    if group is None:
        return
    name = execution["stateMachineArn"].rsplit(":", 1)[1]
    stream = {"logGroupName": group, "logStreamName": f"states/{name}/{execution['startDate'][:10]}"}
    cloudwatch_logs._create_log_stream(stream)
    now = int(time.time() * 1000)
    entry = {"timestamp": now, "message": _message(execution, event, now)}
    cloudwatch_logs._put_log_events({**stream, "logEvents": [entry]})


def _best_effort(execution: Execution, event: dict[str, Any]) -> None:
    """On AWS too, an execution never fails because its log could not be written."""
    try:
        _write(execution, event)
    except Exception:
        logger.exception("execution log of %s", execution.get("executionArn"))


def _add_event(original: Callable[..., Any]) -> Callable[..., Any]:
    def add(execution: Execution, event_type: str, details: Any = None) -> Any:
        event = original(execution, event_type, details)
        _best_effort(execution, event)
        return event

    return add


def _run(original: Callable[..., Any]) -> Callable[..., Any]:
    def run(arn: str) -> None:
        execution = stepfunctions._executions.get(arn)
        if execution:
            _best_effort(execution, execution["events"][0])  # ExecutionStarted is not added like the others
        original(arn)

    return run


def install() -> None:
    need(stepfunctions, "_executions", "_state_machines")
    need(cloudwatch_logs, "_create_log_stream", "_put_log_events")
    wrap(stepfunctions, "_add_event", _add_event)
    wrap(stepfunctions, "_run_execution", _run)
