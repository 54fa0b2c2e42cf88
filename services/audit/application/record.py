"""Recording events: every event once, every fact in the chain of its stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.audit.application.ports import AuditTable, Item, Place
from services.audit.domain.chain import ChainGap, Head, beginning, chain_of
from services.audit.domain.entry import AuditEntry, fact_place

MOST_LINKS = 300
"""One try extends a chain by so many links of other facts. What waits behind them takes the next."""
MOST_READ = 32


class Conflict(Exception):
    """Another event holds this place of the stream, or this event or its chain was altered. Nothing was written."""


class Misplaced(Conflict):
    """The event's id names another place than the one it claims. Nothing was written."""


class ChainBehind(Exception):
    """More facts wait for their link than one message may link. The next try goes on where this one stopped."""


class RecordResult(NamedTuple):
    """Whether the event was recorded before, and what is missing in front of a fact that is there."""

    duplicate: bool
    gap: ChainGap | None = None


def record(entry: AuditEntry, table: AuditTable) -> RecordResult:
    """Append an event, and extend the chain of its stream by every fact that is there. Raises as `record_all` does."""
    return record_all([entry], table)[0]


def record_all(entries: Sequence[AuditEntry], table: AuditTable) -> list[RecordResult]:
    """Append events, then extend the chain of each of their streams once, by every fact that is there.

    A duplicate extends the chain, too: whoever wrote the entry may have died before its link. A gap is told with the
    last fact of its stream. Raises Conflict, Misplaced, ChainBehind: then some of the events may have been recorded.
    """
    for entry in entries:
        if entry.is_misplaced:
            raise Misplaced(f"{entry.stream} {entry.place}: {entry.event_id} belongs elsewhere")
    duplicates = _append(entries, table)
    facts: dict[str, dict[int, AuditEntry]] = {}
    for entry in entries:
        if not entry.is_progress:
            facts.setdefault(entry.stream, {})[int(entry.place)] = entry
    gaps = _extend(facts, table)
    last = {entry.stream: n for n, entry in enumerate(entries) if not entry.is_progress}
    return [
        RecordResult(duplicate, gaps.get(entry.stream) if last.get(entry.stream) == n else None)
        for n, (entry, duplicate) in enumerate(zip(entries, duplicates, strict=True))
    ]


def _append(entries: Sequence[AuditEntry], table: AuditTable) -> list[bool]:
    """Record entries. Returns which were recorded already. Raises Conflict when a place holds something else."""
    first: dict[tuple[str, str], AuditEntry] = {}
    for entry in entries:
        first.setdefault((entry.stream, entry.place), entry)
    held = dict(zip(first, table.add_all([_item(entry) for entry in first.values()]), strict=True))
    for entry in entries:
        place = (entry.stream, entry.place)
        known = held[place] or {"digest": first[place].digest}
        if not entry.is_progress and known.get("digest") != entry.digest:
            raise Conflict(f"{entry.stream} {entry.place}: {entry.event_id} is not what is recorded")
    new = {id(entry) for place, entry in first.items() if held[place] is None}
    return [id(entry) not in new for entry in entries]


def _item(entry: AuditEntry) -> Item:
    item = entry.model_dump(exclude_none=True)
    item["pk"], item["sk"] = item.pop("stream"), item.pop("place")
    return item


def _extend(facts: Mapping[str, Mapping[int, AuditEntry]], table: AuditTable) -> dict[str, ChainGap]:
    """Extend the chain of each stream by these facts of it and what follows them. Returns what is missing, by stream,
    where a fact waits behind that.

    Of two that extend a chain at once, the one that wrote its entries last sees those of both: no link is left out.
    """
    links: list[Item] = []
    gaps: dict[str, ChainGap] = {}
    behind: ChainBehind | None = None
    runs = {stream: _Run.of(stream, mine) for stream, mine in facts.items()}
    heads = _heads_of_undisturbed(runs, table)
    for stream, mine in facts.items():
        undisturbed = heads.get(stream)
        head = undisturbed or head_of(stream, table)
        while fact := mine.get(head.sequence + 1):
            head = head.followed_by(fact.digest)
            links.append(_link(stream, head))
        if undisturbed:
            continue
        for followers, (follower, digest, occurred_at) in enumerate(_following(stream, head.sequence, table)):
            if follower > head.sequence + 1:
                gaps[stream] = ChainGap(first=head.sequence + 1, last=follower - 1, behind_since=occurred_at)
                break
            if followers == MOST_LINKS:
                behind = ChainBehind(f"{stream} is linked up to {head.sequence}")
                break
            head = head.followed_by(digest)
            links.append(_link(stream, head))
    _write(links, table)
    if behind:
        raise behind
    return gaps


class _Run(NamedTuple):
    """Facts of a stream that were recorded just now and follow one another; whether they are all that were."""

    first: int
    is_all: bool
    before: Place
    """The place of the link that they go on from."""
    after: Place
    """The place of the fact that would follow them."""

    @classmethod
    def of(cls, stream: str, facts: Mapping[int, AuditEntry]) -> _Run:
        first = last = min(facts)
        while last + 1 in facts:
            last += 1
        before, after = (chain_of(stream), fact_place(first - 1)), (stream, fact_place(last + 1))
        return cls(first, last == max(facts), before, after)


def _heads_of_undisturbed(runs: Mapping[str, _Run], table: AuditTable) -> dict[str, Head]:
    """The head in front of the new facts of each stream in which they are all there is to link: nothing is missing in
    front of them and nothing waits behind them. One read for all streams, after the facts were written."""
    if not runs:
        return {}
    places = [place for run in runs.values() for place in (run.before, run.after)]
    held = dict(zip(places, table.get_all(places), strict=True))
    found: dict[str, Head] = {}
    for stream, run in runs.items():
        before = held[run.before]
        if not run.is_all or held[run.after] is not None:
            continue
        if run.first == 1:
            found[stream] = beginning(stream)
        elif before is not None:
            found[stream] = Head(sequence=run.first - 1, link=before["link"])
    return found


def _link(stream: str, head: Head) -> Item:
    return {"pk": chain_of(stream), "sk": fact_place(head.sequence), "link": head.link}


def _write(links: Sequence[Item], table: AuditTable) -> None:
    for link, held in zip(links, table.add_all(links) if links else (), strict=True):
        if held is not None and held.get("link") != link["link"]:
            raise Conflict(f"{link['pk']}: another link is at {int(link['sk'])}")


def head_of(stream: str, table: AuditTable) -> Head:
    newest = table.last(chain_of(stream))
    return Head(sequence=int(newest["sk"]), link=newest["link"]) if newest else beginning(stream)


def _following(stream: str, after: int, table: AuditTable) -> Iterator[tuple[int, str, str]]:
    """(sequence, digest, occurred_at) of the facts behind a place. Most often there is none, so few are read at first:
    a read is paid for by what was said, which is long."""
    limit = 1
    while found := table.after(stream, fact_place(after), limit):
        for item in found:
            after = int(item["sk"])
            yield after, item["digest"], item["occurred_at"]
        limit = min(2 * limit, MOST_READ)
