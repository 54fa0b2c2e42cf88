"""The crash matrix: what each function asks of whom, each fault that may strike there, how often it did, and the end.

Counted over many seeds; a cell that was hit too seldom is a hole in what was tried.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulation.faults import Aim, Cell
from tests.simulation.simulation import Report

WANTED = 100
"""Hits of each cell."""
HEAD = """# Crash matrix

What each function asks of AWS, each fault that may strike there, and how often it did. Written by
`ninelives simulate --matrix docs/crash-matrix.md`, which plays seed after seed, each aimed at the cells that those
before it left short, until every cell was hit {wanted} times, and fails when one was not.
After every simulation all clauses of the oracle held (`tests/simulation/oracle`): whatever struck, each turn that was
accepted was resolved once or failed and changed nothing.

{turns} turns of {seeds} seeds: {ended}. {struck} faults.
{cells} cells: {short} were hit less than {wanted} times, the least {least} times.

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

    @classmethod
    def read(cls, file: Path) -> Matrix:
        """The matrix that was written to this file. Raises ValueError when there is no matrix in it."""
        page = file.read_text(encoding="utf-8")
        played = re.search(r"^(\d+) turns of (\d+) seeds: (.*?)\. \d+ faults\.$", page, re.M)
        if played is None:
            raise ValueError(f"{file} has no crash matrix.")
        counts = (each.split() for each in played[3].split(", ") if each)
        matrix = cls(turns=int(played[1]), seeds=int(played[2]), ended=Counter({how: int(n) for n, how in counts}))
        for actor, _, rows in (part.partition("\n") for part in page.split("\n## ")[1:]):
            for call, kinds in re.findall(r"^\| (\S+) \| (.*\d) \|$", rows, re.M):
                for kind, _, hits in (each.rpartition(" ") for each in kinds.split(" · ")):
                    matrix.seen.add((actor, call, kind))
                    matrix.hits[actor, call, kind] = int(hits)
        return matrix

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
    def owed(self) -> dict[Cell, int]:
        """The hits that cells lack: the aim of the next seed."""
        return {cell: WANTED - self.hits[cell] for cell in sorted(self.seen) if self.hits[cell] < WANTED}

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
            short=len(self.owed),
            wanted=WANTED,
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


def write_aim(aim: Aim, file: Path) -> None:
    file.write_text(json.dumps([[*cell, hits] for cell, hits in aim.items()]), encoding="utf-8")


def read_aim(file: Path) -> Aim:
    return {(actor, call, kind): hits for actor, call, kind, hits in json.loads(file.read_text(encoding="utf-8"))}
