"""One stream of the record against itself, its owner and an earlier head: pure, and nothing stays unnamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ninelives.ops.audit.faults import Fault, Kind
from ninelives.ops.audit.record import Stream
from services.audit.domain.chain import Head, beginning, link_behind


@dataclass(frozen=True)
class Expected:
    """Expectations of a stream, known from elsewhere."""

    committed: int | None = None
    """The number of facts its owner has committed; None when nobody can say."""
    on_their_way: frozenset[int] = frozenset()
    """Places whose fact is so young that it, or its link, may still be on its way."""
    saved: Head | None = None
    """A head that was in the chain once."""


def missing(stream: Stream, committed: int | None) -> tuple[int, ...]:
    """The places that must hold a fact and do not."""
    return tuple(n for n in range(1, max(stream.last, committed or 0) + 1) if n not in stream.facts)


def head_of(stream: Stream) -> Head | None:
    """The end of the chain as it is stored."""
    last = max(stream.links, default=0)
    return Head(sequence=last, link=stream.links[last]) if last else None


def faults_of(stream: Stream, expected: Expected) -> Iterator[Fault]:
    """Everything that is wrong with a stream."""
    said: list[tuple[Kind, str]] = [
        *(("alteration", f"{place} is no place for a fact") for place in stream.strange),
        *(("gap", what) for what in _gaps(stream, expected)),
        *(("alteration", f"{n} {fact.flaw}") for n, fact in sorted(stream.facts.items()) if fact.flaw),
        *(("duplicate", what) for what in _duplicates(stream)),
        *(("alteration", what) for what in _unheard_of(stream, expected)),
        *(("alteration", what) for what in _chain(stream, expected)),
        *(("alteration", what) for what in _find_rewritten(stream, expected.saved)),
    ]
    return (Fault(stream.name, kind, what) for kind, what in said)


def _gaps(stream: Stream, expected: Expected) -> Iterator[str]:
    end = max(stream.facts, default=0)
    lost = [n for n in missing(stream, expected.committed) if n not in expected.on_their_way]
    for first, last in _ranges(lost):
        what = f"{first} is missing" if first == last else f"{first} to {last} are missing"
        at_the_end = ", at its end" if first > end else ""
        linked_once = ", but was linked" if all(n in stream.links for n in range(first, last + 1)) else ""
        yield f"{what}{at_the_end}{linked_once}"


def _duplicates(stream: Stream) -> Iterator[str]:
    ids: dict[str, int] = {}
    said: dict[str, int] = {}
    for n, fact in sorted(stream.facts.items()):
        if ids.setdefault(fact.event_id, n) != n:
            yield f"{n} has the id of {ids[fact.event_id]}, {fact.event_id}"
        elif said.setdefault(fact.says, n) != n:
            yield f"{n} says again what {said[fact.says]} says, {fact.says}"


def _unheard_of(stream: Stream, expected: Expected) -> Iterator[str]:
    if expected.committed is not None:
        for first, last in _ranges(n for n in stream.facts if n > expected.committed):
            what = f"{first} was" if first == last else f"{first} to {last} were"
            yield f"{what} never committed: its owner is at {expected.committed}"


def _chain(stream: Stream, expected: Expected) -> Iterator[str]:
    """Each link from the one before it as it is stored, so that one break is told once."""
    previous: str | None = beginning(stream.name).link
    linked_up_to = max(stream.links, default=0)
    waits = False
    for n in range(1, stream.last + 1):
        fact, link = stream.facts.get(n), stream.links.get(n)
        follows = link_behind(previous, fact.digest) if fact and previous else None
        waits = waits or (fact is None and n > linked_up_to)
        if fact and link is None and not waits and n not in expected.on_their_way:
            yield f"{n} has no link"
        if fact and link and follows and link != follows and not fact.flaw:
            yield f"the chain breaks at {n}: it, its link or the link before was altered"
        previous = link or follows


def _find_rewritten(stream: Stream, saved: Head | None) -> Iterator[str]:
    if saved is not None and saved.sequence not in stream.links:
        yield f"the link of {saved.sequence} that was saved is gone"
    elif saved is not None and stream.links[saved.sequence] != saved.link:
        yield f"it was rewritten: the link of {saved.sequence} is not the one that was saved"


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda each: each[1] - each[0]):
        together = [n for _, n in run]
        yield together[0], together[-1]
