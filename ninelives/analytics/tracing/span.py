"""A span, and ids that are worked out: the same turn has the same ids whenever, and by whomever, it is traced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

Attribute = str | int | bool | tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """A piece of a turn's work. `error` is the named error it ended with; `parent_id` is None for the root."""

    trace_id: str
    span_id: str
    parent_id: str | None
    name: str
    start: datetime
    end: datetime
    kind: Literal["internal", "client"] = "internal"
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    error: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    """(trace id, span id) of spans elsewhere."""

    @property
    def milliseconds(self) -> float:
        return (self.end - self.start).total_seconds() * 1000


def trace_id_of(turn_id: str) -> str:
    """32 hexadecimal digits."""
    return sha256(f"trace|{turn_id}".encode()).hexdigest()[:32]


def span_id_of(turn_id: str, what: str) -> str:
    """16 hexadecimal digits. `what` is unique in the turn: a step's key, an event's id, a place in the workflow."""
    return sha256(f"span|{turn_id}|{what}".encode()).hexdigest()[:16]
