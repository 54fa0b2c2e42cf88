"""Faults of a record, one line each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["gap", "duplicate", "alteration", "step"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Fault:
    """Something is missing, there twice, not as it was said, or no step of a turn. `what` names the place."""

    stream: str
    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.stream}: {self.what}"


@dataclass
class FaultTally:
    """Counts of what was looked at, and the faults found."""

    streams: int = 0
    facts: int = 0
    progress: int = 0
    on_their_way: int = 0
    faults: Counter[Kind] = field(default_factory=Counter)

    def add(self, fault: Fault) -> None:
        self.faults[fault.kind] += 1

    def figures(self) -> dict[str, Any]:
        """The same for machines; faults by kind, none left out."""
        return {**vars(self), "faults": {kind: self.faults[kind] for kind in KINDS}}

    def __str__(self) -> str:
        found = ", ".join(_some(self.faults[kind], kind) for kind in KINDS if kind != "step" or self.faults[kind])
        waiting = f" On the way: {_some(self.on_their_way, 'fact')}." if self.on_their_way else ""
        looked_at = f"{_some(self.streams, 'stream')}, {_some(self.facts, 'fact')}, {self.progress} of progress"
        return f"{looked_at}: {found}.{waiting}"


def _some(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
