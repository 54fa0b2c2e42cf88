"""Work: who asked AWS for what, by function: invocations, calls, and write units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Work:
    """Counts up. A call is one that an SDK makes; what the bus, queues and streams do by themselves is none."""

    invocations: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    write_units: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def clear(self) -> None:
        self.invocations.clear()
        self.calls.clear()
        self.write_units.clear()

    def rows(self) -> list[dict[str, Any]]:
        """By function, the busiest first: what it was called, what it asked, and what it wrote."""
        functions = {*self.invocations, *(function for function, _ in self.calls), *self.write_units}
        rows = [
            {
                "function": function,
                "invocations": self.invocations[function],
                "calls": {operation: n for (asker, operation), n in sorted(self.calls.items()) if asker == function},
                "write_units": self.write_units[function],
            }
            for function in functions
        ]
        return sorted(rows, key=lambda row: (-sum(_calls(row).values()), row["function"]))


@dataclass(frozen=True)
class WorkPerTurn:
    """The work of a turn, on average over `turns`."""

    turns: int
    rows: tuple[Mapping[str, Any], ...]

    @property
    def invocations(self) -> float:
        return self._each(sum(row["invocations"] for row in self.rows))

    @property
    def calls(self) -> float:
        return self._each(sum(sum(_calls(row).values()) for row in self.rows))

    @property
    def write_units(self) -> float:
        return self._each(sum(row["write_units"] for row in self.rows))

    def table(self) -> str:
        """As Markdown, with the sum in the last row."""
        lines = ["| function | invocations | calls | of them | write units |", "|---|---:|---:|---|---:|"]
        for row in self.rows:
            of_them = ", ".join(f"{operation} {self._each(n):g}" for operation, n in _calls(row).items())
            lines.append(self._line(row["function"], row["invocations"], sum(_calls(row).values()), of_them, row))
        total = {"write_units": sum(row["write_units"] for row in self.rows)}
        lines.append(self._line("**together**", self.invocations * self.turns, self.calls * self.turns, "", total))
        return "\n".join(lines)

    def _line(self, name: str, invocations: float, calls: float, of_them: str, row: Mapping[str, Any]) -> str:
        figures = f"{self._each(invocations):g} | {self._each(calls):g} | {of_them}"
        return f"| {name} | {figures} | {self._each(row['write_units']):g} |"

    def _each(self, amount: float) -> float:
        return round(amount / self.turns, 1)


def _calls(row: Mapping[str, Any]) -> Mapping[str, int]:
    calls: Mapping[str, int] = row["calls"]
    return calls
