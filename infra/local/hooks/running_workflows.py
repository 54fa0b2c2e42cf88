"""Express executions that ran when the cloud ended are started again, from their input.

AWS runs an asynchronous Express execution at least once and does not lose one with a machine; the emulator forgets it.
Each has a file while it runs. `resume` starts those whose file was left, once there is something to run them with.
AWS: docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html (at-least-once execution)
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable
from pathlib import Path

from ministack.core import persistence
from ministack.services import stepfunctions

from infra.local.hooks.surface import need, wrap

logger = logging.getLogger("ninelives.hooks")
_left: list[Path] = []  # of the process before this one


def _run(original: Callable[[str], None], directory: Path) -> Callable[[str], None]:
    def run(arn: str) -> None:
        execution = stepfunctions._executions.get(arn)
        machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) if execution else None
        if not execution or not machine or machine.get("type") != "EXPRESS":
            return original(arn)
        note = directory / f"{uuid.uuid4().hex}.json"
        note.write_text(json.dumps({"stateMachineArn": execution["stateMachineArn"], "input": execution["input"]}))
        try:
            original(arn)
        finally:
            note.unlink(missing_ok=True)

    return run


def resume() -> int:
    """Start again what was left; how many."""
    started = 0
    while _left:
        note = _left.pop()
        try:
            status = stepfunctions._start_execution(json.loads(note.read_text()))[0]
        except ValueError:  # cut off while it was written: it had not begun
            status = 400
        started += status == 200
        note.unlink()
    return started


def install() -> None:
    if not persistence.PERSIST_STATE:
        return
    need(stepfunctions, "_executions", "_state_machines", "_start_execution")
    directory = Path(persistence.STATE_DIR) / "running"
    directory.mkdir(parents=True, exist_ok=True)
    _left[:] = directory.glob("*.json")
    wrap(stepfunctions, "_run_execution", lambda original: _run(original, directory))
