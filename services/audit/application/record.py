"""Recording an event: every event once, every fact in the chain of its stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from services.audit.application.ports import AuditTable
from services.audit.domain.chain import ChainGap, Head, beginning, chain_of
from services.audit.domain.entry import AuditEntry, fact_place

MOST_LINKS = 300
"""One message extends a chain by so many links, a second or two of work. What waits behind them takes its next try."""
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
    """Append an event, and extend the chain of its stream by every fact that is there.

    A duplicate extends the chain, too: whoever wrote the entry may have died before its link. Raises Conflict,
    Misplaced, ChainBehind.
    """
    if entry.is_misplaced:
        raise Misplaced(f"{entry.stream} {entry.place}: {entry.event_id} belongs elsewhere")
    duplicate = not append(entry, table)
    return RecordResult(duplicate, None if entry.is_progress else extend(entry, table))


def append(entry: AuditEntry, table: AuditTable) -> bool:
    """Record an entry; False when it is recorded already. Raises Conflict when its place holds something else."""
    item = entry.model_dump(exclude_none=True)
    item["pk"], item["sk"] = item.pop("stream"), item.pop("place")
    held = table.add(item)
    if held is not None and not entry.is_progress and held.get("digest") != entry.digest:
        raise Conflict(f"{entry.stream} {entry.place}: {entry.event_id} is not what is recorded")
    return held is None


def extend(entry: AuditEntry, table: AuditTable) -> ChainGap | None:
    """Extend the chain by what follows it, and tell what is missing if a fact waits behind that.

    Of two that extend a chain at once, the one that wrote its entry last sees both entries: no link is left out.
    """
    head, sequence = head_of(entry.stream, table), int(entry.place)
    if sequence == head.sequence + 1:
        head = _link(entry.stream, head, entry.digest, table)
    for links, (follower, digest, occurred_at) in enumerate(_following(entry.stream, head.sequence, table)):
        if follower > head.sequence + 1:
            return ChainGap(first=head.sequence + 1, last=follower - 1, behind_since=occurred_at)
        if links == MOST_LINKS:
            raise ChainBehind(f"{entry.stream} is linked up to {head.sequence}")
        head = _link(entry.stream, head, digest, table)
    return None


def head_of(stream: str, table: AuditTable) -> Head:
    newest = table.last(chain_of(stream))
    return Head(sequence=int(newest["sk"]), link=newest["link"]) if newest else beginning(stream)


def _link(stream: str, head: Head, digest: str, table: AuditTable) -> Head:
    following = head.followed_by(digest)
    held = table.add({"pk": chain_of(stream), "sk": fact_place(following.sequence), "link": following.link})
    if held is not None and held.get("link") != following.link:
        raise Conflict(f"{stream}: another link is at {following.sequence}")
    return following


def _following(stream: str, after: int, table: AuditTable) -> Iterator[tuple[int, str, str]]:
    """(sequence, digest, occurred_at) of the facts behind a place. Most often there is none, so few are read at first:
    a read is paid for by what was said, which is long."""
    limit = 1
    while found := table.after(stream, fact_place(after), limit):
        for item in found:
            after = int(item["sk"])
            yield after, item["digest"], item["occurred_at"]
        limit = min(2 * limit, MOST_READ)
