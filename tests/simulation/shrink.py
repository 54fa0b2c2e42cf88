"""Shrinking: the fewest turns and faults under which a seed still breaks a clause of the oracle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.simulation.simulation import Report, simulate

Fails = Callable[[int, Sequence[str] | None], bool]
"""Whether so many turns with these faults, or with all of them, still go wrong."""


@dataclass(frozen=True)
class Shrunk:
    """A failing seed, reduced to the turns and faults that still fail."""

    turns: int
    faults: tuple[str, ...]


def shrink(report: Report, turns: int, *, tries: int = 120) -> Shrunk:
    """Leave out turns, then faults, while the first broken clause stays broken; at most so many simulations."""
    broken = report.wrong[0].partition(":")[0]

    def fails(count: int, only: Sequence[str] | None) -> bool:
        return any(wrong.startswith(broken) for wrong in simulate(report.seed, count, only, aim=report.aim).wrong)

    fewest = fewest_turns(turns, lambda count: fails(count, None))
    struck = tuple(simulate(report.seed, fewest, aim=report.aim).injected)
    return Shrunk(fewest, fewest_faults(struck, lambda only: fails(fewest, only), tries))


def fewest_turns(turns: int, fails: Callable[[int], bool]) -> int:
    """The first of 1, 2, 3 … up to `turns` that fails, by steps that grow."""
    for count in sorted({1, 2, 3, 4, 6, 8, turns // 2}):
        if 0 < count < turns and fails(count):
            return count
    return turns


def fewest_faults(struck: Sequence[str], fails: Callable[[Sequence[str]], bool], tries: int) -> tuple[str, ...]:
    """A part of them that still fails: halves, quarters … are left out for as long as it does."""
    left, size = list(struck), max(1, len(struck) // 2)
    if not fails(left):
        return tuple(left)
    while left and tries > 0:
        for start in range(0, len(left), size):
            without = left[:start] + left[start + size :]
            tries -= 1
            if fails(without):
                left = without
                break
        else:
            if size == 1:
                break
            size = max(1, size // 2)
    return tuple(left)
