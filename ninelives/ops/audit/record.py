"""The audit table as its verifier reads it: stream by stream, keeping no more of a fact than its check needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ninelives.ops.audit.specification import ToldFact, fact_told
from services.audit.domain.chain import chain_of
from services.audit.domain.entry import AuditEntry, digest_of, fact_place, progress_place
from stagekit.packing import unpack


@dataclass(frozen=True)
class Fact:
    """An entry at a place of its stream, and what is wrong with it by itself, if anything."""

    event_id: str
    says: str
    """The kind of fact and its key: no two facts of a stream say the same."""
    digest: str
    occurred_at: datetime
    turn_id: str | None
    flaw: str | None


@dataclass(frozen=True)
class Stream:
    """The record of a stream: facts and links by sequence, and places that are no sequence."""

    name: str
    facts: dict[int, Fact] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        return max((*self.facts, *self.links), default=0)


class Record:
    """The audit table, through a boto3 client."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb, self._table = dynamodb, table

    def everything(self) -> Iterator[dict[str, str]]:
        """Every item, in no order."""
        for page in self._dynamodb.get_paginator("scan").paginate(TableName=self._table):
            yield from map(_plain, page["Items"])

    def progress(self, step: str) -> Iterator[dict[str, str]]:
        """Events announced while this turn, or the creation of this campaign, was worked on."""
        return self._partition(f"progress/{step}")

    def facts_of(self, stream: str, turn_id: str) -> Iterator[dict[str, str]]:
        """Facts of one turn in a stream. Reads the whole stream."""
        return (item for item in self._partition(stream) if item.get("turn_id") == turn_id)

    def stream(self, name: str) -> Stream:
        """A stream's facts and links. Links are read first: then each of them has its fact."""
        links = {item["sk"]: item.get("link", "") for item in self._partition(chain_of(name))}
        facts = {item["sk"]: fact_of(item) for item in self._partition(name) if not is_progress(item)}
        strange = [place for place in (*links, *facts) if not _is_sequence(place)]
        return Stream(
            name=name,
            facts={int(place): fact for place, fact in facts.items() if _is_sequence(place)},
            links={int(place): link for place, link in links.items() if _is_sequence(place)},
            strange=tuple(dict.fromkeys(strange)),
        )

    def facts_before(self, name: str, until: datetime) -> Iterator[ToldFact]:
        """A stream's readable facts that occurred before a moment, in order."""
        for item in self._partition(name):
            if _is_sequence(item["sk"]) and not flaw_of(item) and fact_of(item).occurred_at < until:
                yield fact_told(name, item["detail_type"], json.loads(item["detail"]))

    def _partition(self, pk: str) -> Iterator[dict[str, str]]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
        )
        return (_plain(item) for page in pages for item in page["Items"])


def is_progress(item: dict[str, str]) -> bool:
    return item["sk"].startswith(progress_place(""))


def fact_of(item: dict[str, str]) -> Fact:
    """The fact in a stored entry. One that cannot be read is a fact with a flaw."""
    flaw = flaw_of(item)
    try:
        metadata = json.loads(item["detail"])["metadata"]
        says, occurred_at = metadata["idempotency_key"], datetime.fromisoformat(metadata["occurred_at"])
    except (KeyError, TypeError, ValueError):
        says, occurred_at, flaw = item["sk"], datetime.fromisoformat("1970-01-01T00:00:00+00:00"), "cannot be read"
    return Fact(
        event_id=item.get("event_id", ""),
        says=f"{item.get('detail_type')} of {says}",
        digest=item.get("digest", ""),
        occurred_at=occurred_at,
        turn_id=item.get("turn_id"),
        flaw=flaw,
    )


def flaw_of(item: dict[str, str]) -> str | None:
    """The reason why a stored entry cannot be what was written at its place, or None."""
    try:
        entry = AuditEntry.model_validate({"turn_id": None, **item, "stream": item["pk"], "place": item["sk"]})
        told = json.loads(entry.detail)["metadata"]
        sequence = told.get("sequence")
        place = progress_place(told["event_id"]) if sequence is None else fact_place(sequence)
        same_moment = datetime.fromisoformat(entry.occurred_at) == datetime.fromisoformat(told["occurred_at"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return "cannot be read"
    if entry.digest != digest_of(entry.source, entry.detail_type, entry.detail):
        return "was altered: its digest does not fit what it says"
    if (told["stream"], place, told["event_id"]) != (entry.stream, entry.place, entry.event_id):
        return f"holds what says that it is {told['stream']} {place}, {told['event_id']}"
    if entry.is_misplaced:
        return f"has the id of another place: {entry.event_id}"
    if not same_moment or told.get("turn_id") != entry.turn_id:
        return "was altered: its time or turn is not the one it tells"
    return None


def _is_sequence(place: str) -> bool:
    return place.isascii() and place.isdigit() and place == fact_place(int(place)) and int(place) > 0


def _plain(item: Any) -> dict[str, str]:
    """An item as plain texts; what cannot be unpacked stays as it is, and is a flaw to whoever reads it."""
    plain = {name: next(map(str, value.values())) for name, value in item.items()}
    with suppress(ValueError):
        plain |= {"detail": unpack(plain["detail"])} if "detail" in plain else {}
    return plain
