"""The crash matrix: what each function asks of whom, each fault that may strike there, how often it did, and the end.

Counted over many seeds; a cell that was seen and never hit is a hole in what was tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulation.faults import Cell
from tests.simulation.simulation import Report

HEAD = """# Crash matrix

What each function asks of AWS, each fault that may strike there, and how often it did. Written by
`ninelives simulate --seeds {seeds} --turns … --matrix docs/crash-matrix.md`, which fails for a cell that was never hit.
After every simulation all clauses of the oracle held (`tests/simulation/oracle`): whatever struck, each turn that was
accepted was resolved once or failed and changed nothing.

{turns} turns of {seeds} seeds: {ended}. {struck} faults.
{cells} cells: {missed} were never hit, the least {least} times.

The kinds of faults are described in [`tests/simulation/faults.py`](../tests/simulation/faults.py).
"""


@dataclass
class Matrix:
    """Counts of many reports."""

    seen: set[Cell] = field(default_factory=set)
    hits: Counter[Cell] = field(default_factory=Counter)
    turns: int = 0
    seeds: int = 0
    ended: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        plan = report.evidence.system.plan
        self.seen |= plan.seen
        self.hits += plan.hits
        self.turns += report.turns
        self.seeds += 1
        self.ended += report.ended

    @property
    def struck(self) -> int:
        return sum(self.hits.values())

    @property
    def missed(self) -> list[Cell]:
        return sorted(self.seen - self.hits.keys())

    @property
    def least(self) -> int:
        return min((self.hits[cell] for cell in self.seen), default=0)

    def write(self, file: str) -> None:
        Path(file).write_text("\n".join(self._lines()) + "\n", encoding="utf-8")

    def _lines(self) -> Iterator[str]:
        ended = ", ".join(f"{count} {how}" for how, count in sorted(self.ended.items()))
        yield HEAD.format(
            turns=self.turns,
            seeds=self.seeds,
            ended=ended,
            struck=self.struck,
            cells=len(self.seen),
            missed=len(self.missed),
            least=self.least,
        )
        by_actor: dict[str, dict[str, list[str]]] = {}
        for actor, call, kind in sorted(self.seen):
            told = f"{kind} {self.hits[actor, call, kind]}"
            by_actor.setdefault(actor, {}).setdefault(call, []).append(told)
        for actor, calls in by_actor.items():
            yield f"## {actor}\n\n| call | fault and how often it struck |\n|---|---|"
            yield from (f"| {call} | {' · '.join(kinds)} |" for call, kinds in calls.items())
            yield ""
