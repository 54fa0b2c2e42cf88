"""The committed definition of the turn's workflow, generated from `turn.py` by `make schemas`."""

from __future__ import annotations

import json
from pathlib import Path

from infra.turn_limits import TurnLimits
from infra.workflows.turn import compose_turn

DEFINITION = Path(__file__).with_name("turn.asl.json")


def render(limits: TurnLimits = TurnLimits()) -> str:  # noqa: B008 - frozen
    """The content of the committed file: the workflow with the usual limits. With others, what is deployed instead."""
    return json.dumps(compose_turn(limits), indent=2, ensure_ascii=False) + "\n"
