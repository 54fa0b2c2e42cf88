"""Faults that may be injected, where the operator of a deployment allows it, to watch the system survive."""

from __future__ import annotations

from typing import Literal

__all__ = ["Sabotage"]

Sabotage = Literal["drop-model", "throttle-model", "kill-tool"]
"""`drop-model`: every call to the model breaks off. `throttle-model`: the first two calls of each step are turned away.
`kill-tool`: the process that applies the rules dies in the middle of every tool's first attempt."""
