"""Fault injection: how a call to a model breaks when somebody wants to watch it break."""

from __future__ import annotations

from typing import Protocol

from contracts.chaos import Sabotage
from contracts.dm import InvokeDungeonMaster
from contracts.envelope import Envelope
from contracts.errors import ModelThrottled, ModelUnavailable

_BROKEN: tuple[tuple[Sabotage, int, type[ModelThrottled | ModelUnavailable]], ...] = (
    ("drop-model", 99, ModelUnavailable),
    ("throttle-model", 2, ModelThrottled),
)
"""The fault wished for, the number of attempts of a step that it hits, and the error that the workflow sees."""


class CountAttempt(Protocol):
    """Counts the attempts of a step, and says whether this one is hit."""

    def __call__(self, wished: Sabotage | None, kind: Sabotage, envelope: Envelope, *, times: int) -> bool: ...


def inject_fault(request: InvokeDungeonMaster, is_hit: CountAttempt) -> None:
    """Raises ModelUnavailable or ModelThrottled when this attempt is to fail, also where no model is configured."""
    for kind, times, error in _BROKEN if request.provider == "model" else ():
        if is_hit(request.chaos, kind, request.envelope, times=times):
            raise error("broken on purpose")
