"""The committed definition of the turn's workflow, generated from `turn.py` by `make schemas`."""

from __future__ import annotations

import json
from pathlib import Path

from infra.workflows.turn import TURN

DEFINITION = Path(__file__).with_name("turn.asl.json")


def render() -> str:
    """What the committed file holds."""
    return json.dumps(TURN, indent=2, ensure_ascii=False) + "\n"
