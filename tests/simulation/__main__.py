"""`python -m tests.simulation`: play seeds one after the other; the first that goes wrong is shrunk and told."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from pathlib import Path

from tests.simulation.hunt import hunt, table_of
from tests.simulation.matrix import Matrix
from tests.simulation.mutations import MUTATIONS
from tests.simulation.shrink import shrink
from tests.simulation.simulation import Conditions, Report, laboratory, simulate

_processor_time = time.process_time


def main() -> int:
    parser = argparse.ArgumentParser(prog="ninelives simulate")
    parser.add_argument("--seed", type=int, default=0, help="The first seed.")
    parser.add_argument("--seeds", type=int, default=1, help="How many seeds, one after the other.")
    parser.add_argument("--turns", type=int, default=20, help="Turns that are asked for under each seed.")
    parser.add_argument("--bugs", default="", help="Hunt the planted bugs and write how soon each was found.")
    parser.add_argument("--matrix", default="", help="Write the crash matrix to this file.")
    asked = parser.parse_args()
    gc.set_threshold(20_000)
    if asked.bugs:
        return _hunt_bugs(asked.bugs)
    began, played, matrix = _processor_time(), 0, Matrix()
    with laboratory():
        for seed in range(asked.seed, asked.seed + asked.seeds):
            report = simulate(seed, asked.turns, before=matrix.hits if asked.matrix else None)
            played += report.turns
            matrix.add(report)
            if report.wrong:
                _tell(report, asked.turns)
                return 1
    spent = _processor_time() - began
    print(f"{played} turns of {asked.seeds} seeds in {spent:.1f} s of one core: {played / spent * 60:.0f} a minute.")
    print(f"{matrix.struck} faults struck, at {len(matrix.hits)} of {len(matrix.seen)} places and ways.")
    if not asked.matrix:
        return 0
    matrix.write(asked.matrix)
    print(f"The least was hit {matrix.least} times.", *(f"Never hit: {cell}" for cell in matrix.missed), sep="\n")
    return 1 if matrix.missed else 0


def _hunt_bugs(file: str) -> int:
    with laboratory():
        found = [hunt(bug) for bug in MUTATIONS]
    Path(file).write_text(table_of(found), encoding="utf-8")
    missed = [each.bug.says for each in found if each.clause is None]
    print(f"{len(found) - len(missed)} of {len(found)} planted bugs were found.", *missed, sep="\n")
    return 1 if missed else 0


def _tell(report: Report, turns: int) -> None:
    print(f"Seed {report.seed} goes wrong, under {Conditions.of(report.seed)}:")
    print(*(f"  {wrong[:300]}" for wrong in report.wrong[:10]), sep="\n")
    least = shrink(report, turns)
    print(f"It still does with --turns {least.turns} and these faults alone:")
    struck = simulate(report.seed, least.turns, least.faults).injected
    print(*(f"  {place}: {kind}" for place, kind in struck.items()), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
