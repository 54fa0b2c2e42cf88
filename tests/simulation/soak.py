"""A soak: as many seeds as there is time for, in pieces. What was played adds up in a file, and is told in another."""

from __future__ import annotations

import json
import resource
import subprocess
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.simulation import Report, laboratory, simulate

MILLION = 1_000_000
FIRST_SEED = 1_000_000
"""Far from those that `make test` plays."""
SAVED_AFTER = 20
"""Seeds after which what was played is written down, so that whoever ends a soak loses little of it."""
AHEAD = 4
"""Seeds that are given out to each core, so that none waits."""
Play = Callable[[int, int], Report]
_entered = ExitStack()
_wall, _processor_time = time.time, time.process_time  # those of this machine: in a simulation there are others
HEAD = """# Soak

What `ninelives simulate --soak docs/soak.json` has played so far, seed after seed under every fault, each judged by
the whole oracle ([simulation.md](simulation.md)). It may be ended at any time and goes on where it stopped; `--minutes`
says for how long. Written by it from [`soak.json`](soak.json).

**{turns:,} turns** of {seeds:,} seeds: {ended}. {share}
{struck:,} faults struck. {failures}

| commit | until | seeds | turns | hours of one core | turns a minute | most memory |
|---|---|---|---|---|---|---|
"""


@dataclass
class Piece:
    """The simulations of one commit."""

    commit: str
    until: str
    seeds: int = 0
    turns: int = 0
    seconds: float = 0.0
    """Seconds of processor time."""
    megabytes: int = 0


@dataclass(frozen=True)
class Played:
    """A seed as it was played: what of its report adds up, and what it took."""

    seed: int
    turns: int
    ended: Counter[str]
    faults: Counter[str]
    wrong: str
    seconds: float
    megabytes: int


def play_seed(seed: int, turns: int, play: Play = simulate) -> Played:
    """Play a seed of so many turns. A simulation that breaks down goes wrong, too."""
    began, played, ended, faults = _processor_time(), 0, Counter[str](), Counter[str]()
    try:
        report = play(seed, turns)
        played, ended, faults = report.turns, report.ended, Counter(report.injected.values())
        wrong = report.wrong[0] if report.wrong else ""
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}"
    spent, megabytes = _processor_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Played(seed, played, ended, faults, wrong[:300], spent, megabytes)


@dataclass
class Soak:
    """All that was played. `failures`: seeds that went wrong, the turns asked for, and the first clause each broke."""

    pieces: list[Piece] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def turns(self) -> int:
        return sum(piece.turns for piece in self.pieces)

    @property
    def seeds(self) -> int:
        return sum(piece.seeds for piece in self.pieces)

    @property
    def next_seed(self) -> int:
        return FIRST_SEED + self.seeds

    @classmethod
    def read(cls, file: Path) -> Soak:
        """Returns what was played before; nothing when there is no file."""
        if not file.exists():
            return cls()
        kept = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            [Piece(**piece) for piece in kept["pieces"]],
            Counter(kept["ended"]),
            Counter(kept["faults"]),
            [(seed, turns, wrong) for seed, turns, wrong in kept["failures"]],
        )

    def write(self, file: Path) -> None:
        """Write it down, and tell it in the page beside the file."""
        kept = {**vars(self), "pieces": [asdict(piece) for piece in self.pieces]}
        file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        file.with_suffix(".md").write_text("\n".join(self._lines()) + "\n", encoding="utf-8")

    def play(self, file: Path, played: Iterable[Played], turns: int) -> None:
        """Add seeds of so many turns each, which are played in the order of their numbers, from `next_seed` on."""
        piece = self._piece(_commit())
        for each in played:
            piece.seeds += 1
            piece.turns += each.turns
            piece.seconds = round(piece.seconds + each.seconds, 1)
            piece.megabytes = max(piece.megabytes, each.megabytes)
            piece.until = str(_today())
            self.ended += each.ended
            self.faults += each.faults
            if each.wrong:
                self.failures.append((each.seed, turns, each.wrong))
            if piece.seeds % SAVED_AFTER == 0:
                self.write(file)
        self.write(file)

    def _piece(self, commit: str) -> Piece:
        """Returns the piece of this commit, to be gone on with."""
        if not self.pieces or self.pieces[-1].commit != commit:
            self.pieces.append(Piece(commit, str(_today())))
        return self.pieces[-1]

    def _lines(self) -> Iterator[str]:
        wrong = f"**{len(self.failures)} seeds went wrong**, see below."
        share = (
            "That is the million."
            if self.turns >= MILLION
            else f"That is not the million that is aimed at: {MILLION - self.turns:,} are missing."
        )
        ended = ", ".join(f"{count:,} {how}" for how, count in sorted(self.ended.items()))
        yield HEAD.format(
            turns=self.turns,
            seeds=self.seeds,
            ended=ended,
            share=share,
            struck=self.faults.total(),
            failures=wrong if self.failures else "No seed went wrong.",
        ).rstrip()
        for each in self.pieces:
            rate = each.turns / each.seconds * 60 if each.seconds else 0
            yield (
                f"| {each.commit} | {each.until} | {each.seeds:,} | {each.turns:,} | {each.seconds / 3600:.2f} "
                f"| {rate:,.0f} | {each.megabytes} MB |"
            )
        yield "\n| fault | how often it struck |\n|---|---|"
        yield from (f"| {kind} | {count:,} |" for kind, count in sorted(self.faults.items()))
        if self.failures:
            yield "\n| went wrong | how |\n|---|---|"
            yield from (f"| `ninelives simulate --seed {s} --turns {t}` | {wrong} |" for s, t, wrong in self.failures)


def play_seeds(
    first: int, turns: int, minutes: float, play: Play = simulate, clock: Callable[[], float] = _wall
) -> Iterator[Played]:
    """Seeds one after the other, for so many minutes by the clock."""
    ends = clock() + 60 * minutes
    for seed in count(first):
        if clock() >= ends:
            return
        yield play_seed(seed, turns, play)


def play_seeds_on(cores: int, first: int, turns: int, minutes: float) -> Iterator[Played]:
    """The same on so many cores, each with a process of its own, so nothing here is of a laboratory. What was begun in
    time is finished."""
    ends, begun = _wall() + 60 * minutes, deque[Future[Played]]()
    with ProcessPoolExecutor(cores, get_context("spawn"), _enter_laboratory) as pool:
        seeds = count(first)
        while begun or _wall() < ends:
            while _wall() < ends and len(begun) < cores * AHEAD:
                begun.append(pool.submit(play_seed, next(seeds), turns))
            if begun:
                yield begun.popleft().result()


def _enter_laboratory() -> None:
    """Enter the laboratory for as long as this process lasts."""
    _entered.enter_context(laboratory())


def _today() -> date:
    return datetime.fromtimestamp(_wall(), UTC).date()


def _commit() -> str:
    """The commit that is played, with a mark when there is more in the tree than it has: pages do not count."""
    commit = _git("rev-parse", "--short", "HEAD")
    return f"{commit}-dirty" if _git("status", "--porcelain", "--", ".", ":!docs") else commit or "unknown"


def _git(*said: str) -> str:
    return subprocess.run(["git", *said], capture_output=True, text=True, check=False).stdout.strip()
