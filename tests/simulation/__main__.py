"""`python -m tests.simulation`: play seeds one after the other; the first that goes wrong is shrunk and told."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.simulation.hunt import hunt, table_of
from tests.simulation.matrix import Matrix, read_aim, write_aim
from tests.simulation.mutations import MUTATIONS
from tests.simulation.shrink import shrink
from tests.simulation.simulation import Conditions, Report, laboratory, simulate
from tests.simulation.soak import Soak, play_seeds_on

REPOSITORY = Path(__file__).parents[2]
MOST_SEEDS = 5_000
"""The most seeds for the crash matrix, when nothing else is asked for."""
TOLD_AFTER = 25
_processor_time = time.process_time


def main() -> int:
    parser = argparse.ArgumentParser(prog="ninelives simulate")
    parser.add_argument("--seed", type=int, default=0, help="The first seed.")
    parser.add_argument("--seeds", type=int, help="How many seeds, one after the other.")
    parser.add_argument("--turns", type=int, default=20, help="Turns that are asked for under each seed.")
    parser.add_argument("--bugs", default="", help="Hunt the planted bugs and write how soon each was found.")
    parser.add_argument("--matrix", default="", help="Fill the crash matrix and write it to this file.")
    parser.add_argument("--resume", action="store_true", help="Go on with the crash matrix that the file has.")
    parser.add_argument("--aim", default="", help="The file of what the crash matrix lacked before this seed.")
    parser.add_argument("--soak", default="", help="Go on with the soak that is kept in this file.")
    parser.add_argument("--minutes", type=float, default=60, help="How long to soak.")
    parser.add_argument("--cores", type=int, default=1, help="On how many cores to soak.")
    asked = parser.parse_args()
    if asked.soak:
        return _soak(Path(asked.soak), asked.turns, asked.minutes, asked.cores)
    with laboratory():
        if asked.bugs:
            return _hunt_bugs(asked.bugs)
        if asked.matrix:
            matrix = Matrix.read(Path(asked.matrix)) if asked.resume else Matrix()
            return _fill_matrix(asked.matrix, matrix, asked.seed + matrix.seeds, asked.seeds or MOST_SEEDS, asked.turns)
        return _play(asked)


def _play(asked: argparse.Namespace) -> int:
    began, played, seeds = _processor_time(), Matrix(), asked.seeds or 1
    aim = read_aim(Path(asked.aim)) if asked.aim else None
    for seed in range(asked.seed, asked.seed + seeds):
        report = simulate(seed, asked.turns, aim=aim)
        played.add(report)
        if report.wrong:
            _tell(report, asked.turns)
            return 1
    _tell_speed(played, began)
    return 0


def _fill_matrix(file: str, matrix: Matrix, first: int, seeds: int, turns: int) -> int:
    """Play seed after seed, each aimed at what the matrix lacks, until it lacks nothing."""
    began, before = _processor_time(), matrix.turns
    for seed in range(first, first + seeds):
        report = simulate(seed, turns, aim=matrix.owed)
        matrix.add(report)
        if report.wrong:
            _tell(report, turns)
            return 1
        if not matrix.owed:
            break
        if matrix.seeds % TOLD_AFTER == 0:
            matrix.write(file)
            left = f"{len(matrix.owed)} of {len(matrix.seen)} cells are owed {sum(matrix.owed.values())} hits"
            print(f"{matrix.seeds} seeds, {_processor_time() - began:.0f} s: {left}.", flush=True)
    matrix.write(file)
    _tell_speed(matrix, began, before)
    short = [f"Hit {matrix.hits[cell]} times: {cell}" for cell in matrix.owed]
    print(f"The least of {len(matrix.seen)} cells was hit {matrix.least} times.", *short, sep="\n")
    return 1 if short else 0


def _tell_speed(played: Matrix, began: float, before: int = 0) -> None:
    spent = _processor_time() - began
    rate = (played.turns - before) / spent * 60
    print(f"{played.turns} turns of {played.seeds} seeds in {spent:.1f} s of one core: {rate:.0f} a minute.")
    print(f"{played.struck} faults struck, at {len(played.hits)} of {len(played.seen)} places and ways.")


def _soak(file: Path, turns: int, minutes: float, cores: int) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the processes of the other cores end as well
    soak = Soak.read(file)
    soak.play(file, play_seeds_on(cores, soak.next_seed, turns, minutes), turns)
    print(f"{soak.turns} turns of {soak.seeds} seeds in all, {len(soak.failures)} of which went wrong.")
    return 1 if soak.failures else 0


def _hunt_bugs(file: str) -> int:
    found = [hunt(bug) for bug in MUTATIONS]
    Path(file).write_text(table_of(found), encoding="utf-8")
    missed = [each.bug.says for each in found if each.clause is None]
    print(f"{len(found) - len(missed)} of {len(found)} planted bugs were found.", *missed, sep="\n")
    return 1 if missed else 0


def _tell(report: Report, turns: int) -> None:
    print(f"Seed {report.seed} goes wrong, under {Conditions.of(report.seed, report.aim)}:")
    print(*(f"  {wrong[:300]}" for wrong in report.wrong[:10]), sep="\n")
    least, again = shrink(report, turns), f"ninelives simulate --seed {report.seed} --turns"
    if report.aim is not None:
        file = Path(tempfile.gettempdir()) / f"aim-of-seed-{report.seed}.json"
        write_aim(report.aim, file)
        again = f"ninelives simulate --aim {file} --seed {report.seed} --turns"
    print(f"It replays by: {again} {turns}")
    print(f"It still does with --turns {least.turns} and these faults alone:")
    struck = simulate(report.seed, least.turns, least.faults, aim=report.aim).injected
    print(*(f"  {place}: {kind}" for place, kind in struck.items()), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
