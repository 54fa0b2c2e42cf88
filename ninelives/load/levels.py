"""Whether a load levels off: what its last third took, beside the third before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ninelives.load.watching import MEBIBYTE, LoadSample

PARTS = ("first", "second", "last")
SLOWER, LARGER, LONGER = 1.25, 1.1, 1.5
"""Factors on the second third's latency, memory and queues up to which the last third counts as level."""
FEW = 50
"""Messages that may wait at any time: a turn's own facts are on their way."""


@dataclass(frozen=True)
class Third:
    """A third of a load's time: turns that began in it, their median in seconds, mean memory in bytes, the most
    messages that waited, and how many cores of the machine were wanted; None for what nobody saw."""

    turns: int
    latency: float | None
    memory: float | None
    waiting: int | None
    wanted: float | None = None


def thirds(
    turns: Sequence[tuple[float, float]], readings: Sequence[LoadSample], began: float, ended: float
) -> list[Third]:
    """Turns, each when it was asked for and how long it took, and readings, by the third of the time they fall in."""
    long = max(ended - began, 0.001) / 3
    found = []
    for number in range(3):
        start, end = began + number * long, began + (number + 1) * long
        took = [seconds for at, seconds in turns if start <= at < end]
        seen = [each for each in readings if start <= each.at < end]
        memory = sum(each.memory for each in seen) / len(seen) if seen else None
        waiting = max(each.waiting for each in seen) if seen else None
        wanted = sum(each.wanted for each in seen) / len(seen) if seen else None
        found.append(Third(len(took), median(took) if took else None, memory, waiting, wanted))
    return found


def growing(parts: Sequence[Third]) -> list[str]:
    """The figures that still grew in the last third; none when the load has levelled off."""
    _, second, last = parts
    grown = []
    if second.latency and last.latency and last.latency > SLOWER * second.latency:
        grown.append("latency")
    if second.memory and last.memory and last.memory > LARGER * second.memory:
        grown.append("memory")
    if second.waiting is not None and last.waiting is not None and last.waiting > max(FEW, LONGER * second.waiting):
        grown.append("queues")
    return grown


def table(parts: Sequence[Third]) -> str:
    """A line for each third, and whether it levels off; for latency, beside what else the machine had to do."""
    lines = [f"{'third':<8}{'turns':>7}{'median s':>10}{'memory MiB':>12}{'waiting':>9}{'cores wanted':>14}"]
    for name, part in zip(PARTS, parts, strict=True):
        latency = "–" if part.latency is None else f"{part.latency:.2f}"
        memory = "–" if part.memory is None else f"{part.memory / MEBIBYTE:.0f}"
        waiting = "–" if part.waiting is None else str(part.waiting)
        wanted = "–" if part.wanted is None else f"{part.wanted:.1f}"
        lines.append(f"{name:<8}{part.turns:>7}{latency:>10}{memory:>12}{waiting:>9}{wanted:>14}")
    grown = growing(parts)
    return "\n".join([*lines, f"It still grows: {', '.join(grown)}." if grown else "It levels off."])
