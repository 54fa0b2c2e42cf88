"""Findings of a part of the proof: what it looked at, and what it found there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHOWN = 20


@dataclass(frozen=True)
class Checked:
    """One part of the proof. `faults` are lines without a mark's value; none: it holds."""

    part: str
    looked_at: str
    faults: tuple[str, ...] = ()


def lines(checked: Sequence[Checked]) -> Iterator[str]:
    """The proof as a table, and below it what was found."""
    widths = [max(len(row[column]) for row in map(_row, checked)) for column in range(2)]
    for each in checked:
        part, looked_at, verdict = _row(each)
        yield f"{part:<{widths[0]}}  {looked_at:<{widths[1]}}  {verdict}"
    for each in checked:
        yield from (f"{each.part}: {fault}" for fault in each.faults[:SHOWN])
        if len(each.faults) > SHOWN:
            yield f"{each.part}: … and {len(each.faults) - SHOWN} more"


def _row(checked: Checked) -> tuple[str, str, str]:
    return checked.part, checked.looked_at, f"{len(checked.faults)} found" if checked.faults else "holds"
