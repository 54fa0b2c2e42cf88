"""Runs the turn's definition in this process with stages that are plain functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from infra.workflows import interpreter
from infra.workflows.generate import DEFINITION

Stages = Callable[[str, dict[str, Any]], Any]


class Raised(Exception):
    """A stage's failure under the name a workflow would see."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def definition() -> dict[str, Any]:
    return json.loads(DEFINITION.read_text())


def run(stages: Stages, turn: dict[str, Any]) -> dict[str, Any]:
    """Play one turn, with messages as JSON. Returns the execution. Only `Raised` fails a stage; the rest is a bug."""

    def call(function: str, payload: Any) -> Any:
        return json.loads(json.dumps(stages(function, json.loads(json.dumps(payload)))))

    return interpreter.run(call, json.dumps(turn), name_of=lambda e: e.name if isinstance(e, Raised) else None)
