"""Strikes: the faults that are tried at the calls of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.conformance.bench import Strike
from tests.simulation.faults import UNANSWERED

DEATHS = ("died before", "died after")
MISHAPS = ("reply lost", "done late", "failed after", "conflict", "partial")
READ = ("reply lost",)

Calls = Sequence[tuple[str, Sequence[str]]]


def deaths(calls: Calls) -> Iterator[Strike]:
    """The process ends before or after each call."""
    for number, (call, _) in enumerate(calls):
        yield from (Strike(number, kind, call) for kind in DEATHS)


def lost_and_late(calls: Calls) -> Iterator[Strike]:
    """The mishaps at each call, once; throttling and lost replies for as long as the run lasts, too."""
    for number, (call, possible) in enumerate(calls):
        kinds = READ if call.partition(".")[2] in UNANSWERED else MISHAPS
        yield from (Strike(number, kind, call) for kind in kinds if kind in possible)
        yield from (Strike(number, kind, call, lasting=True) for kind in ("throttled", "reply lost"))
