"""Idempotency keys of the turn's steps, as JSONata, and the bounds of its loop.

Both are read as data from `contracts/steps.json`, which the gateway reads too: it closes turns under the same keys.
"""

from __future__ import annotations

import json
import re

from infra.local.home import REPOSITORY

_STEPS = json.loads((REPOSITORY / "contracts" / "steps.json").read_text(encoding="utf-8"))
_PARTS = {
    "round": "$string($round_number)",
    "provider": "$provider",
    "repairs": "$string($repairs)",
    "index": "$string($states.input.index)",
}
"""The workflow's expression for each word in braces."""

MOST_ROUNDS: int = _STEPS["bounds"]["rounds"]
MOST_REPAIRS: int = _STEPS["bounds"]["repairs"]


def key(step: str) -> str:
    """The expression of a step's key: `lore` is `$turn & '/lore/' & $string($round_number)`. Raises KeyError."""
    words = re.split(r"\{(\w+)}", f"/{_STEPS['keys'][step]}")
    parts = [_PARTS[word] if place % 2 else f"'{word}'" for place, word in enumerate(words) if word]
    return " & ".join(["$turn", *parts])
