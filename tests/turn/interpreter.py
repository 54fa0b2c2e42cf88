"""Runs the turn's definition in this process with stages that are plain functions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from infra.workflows import interpreter
from infra.workflows.interpreter import DEFINITION

Stages = Callable[[str, dict[str, Any]], Any]


class Raised(Exception):
    """A stage's failure under the name a workflow would see."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def definition() -> dict[str, Any]:
    return json.loads(DEFINITION.read_text())


def run(stages: Stages, turn: dict[str, Any]) -> dict[str, Any]:
    """Play one turn. Returns the execution: status, output, error. Only `Raised` fails a stage; the rest is a bug."""

    def call(function: str, payload: Any) -> Any:
        return json.loads(json.dumps(stages(function, json.loads(json.dumps(payload)))))

    def name_of(error: Exception) -> str | None:
        return error.name if isinstance(error, Raised) else None

    tasks = {name: name.removesuffix("Arn") for name in re.findall(r"\$\{(\w+)}", DEFINITION.read_text())}
    return interpreter.run(call, tasks, json.dumps(turn), name_of=name_of)
