"""Verdicts of the conformance kit: whether a handler holds a property, and the smallest case in which it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class Verdict:
    """The verdict on one property: the number of tries, and the first break."""

    handler: str
    property: str
    tried: int = 0
    broken: str = ""

    def __str__(self) -> str:
        told = f"BROKEN  {self.broken}" if self.broken else f"held    ({self.tried} tries)"
        return f"{self.handler:30} {self.property:24} {told}"


@dataclass
class Findings:
    """The verdicts on one handler. A property that was broken once is tried no more: cases come smallest first."""

    handler: str
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def add(self, prop: str, tries: Iterable[Callable[[], str | None]]) -> None:
        """Try a property in these ways until one breaks it. A way returns what is wrong."""
        verdict = self.verdicts.setdefault(prop, Verdict(self.handler, prop))
        for attempt in tries:
            if verdict.broken:
                return
            verdict.tried += 1
            verdict.broken = attempt() or ""

    @property
    def broken(self) -> set[str]:
        return {verdict.property for verdict in self.verdicts.values() if verdict.broken}

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts.values())
