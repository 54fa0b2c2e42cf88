"""A campaign's facts against docs/spec/turn.qnt: the first one that the specification does not allow.

`turn_facts.json` is generated from the specification; a test holds it there. A campaign has two streams, each in
its order, and no order between them. A commit closes no way that the gateway's next fact could take, so it is enough to
take the campaign's next fact as soon as it is allowed.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("turn_facts.json")


@dataclass(frozen=True)
class ToldFact:
    """A fact as its stream has it. `number`: of a resolved turn, or the turn that a fork begins after."""

    stream: str
    sequence: int
    kind: str
    turn_id: str | None
    number: int | None = None

    def __str__(self) -> str:
        return f"{self.sequence} ({self.kind}{f' of {self.turn_id}' if self.turn_id else ''})"


@dataclass(frozen=True)
class TurnSeen:
    """A turn and its campaign as the specification knows them."""

    view: str
    committed: bool
    gate: str
    over: bool


@dataclass
class _Campaign:
    begun: bool = False
    over: bool = False
    gate: str = ""
    last: int = 0
    views: dict[str, str] = field(default_factory=dict)
    committed: set[str] = field(default_factory=set)

    def look_at(self, turn: str) -> TurnSeen:
        gate = "free" if not self.gate else "its own" if self.gate == turn else "another's"
        return TurnSeen(self.views.get(turn, "None"), turn in self.committed, gate, self.over)

    def objection(self, fact: ToldFact) -> str | None:
        """The reason why this fact cannot come next, or None."""
        if fact.kind == "CampaignStarted":
            return "the campaign has begun" if self.begun else None
        if not self.begun:
            return "the campaign has not begun"
        seen = self.look_at(fact.turn_id or "")
        if (fact.kind, seen) not in list_allowed():
            return (
                f"the turn is {_VIEWS[seen.view]}{' and committed' if seen.committed else ''}, "
                f"the gate is {seen.gate}{', the story is over' if seen.over else ''}"
            )
        if fact.kind == "TurnResolved" and fact.number != self.last + 1:
            return f"turn {fact.number} cannot follow turn {self.last}"
        return None

    def take(self, fact: ToldFact) -> None:
        if fact.kind == "CampaignStarted":
            self.begun, self.last = True, fact.number or 0
            return
        turn = fact.turn_id or ""
        after = list_allowed()[fact.kind, self.look_at(turn)]
        self.views[turn], self.over = after.view, after.over
        if after.committed and turn not in self.committed:
            self.committed.add(turn)
            self.last += 1
        if after.gate != "another's":
            self.gate = turn if after.gate == "its own" else ""


_VIEWS = {"None": "unknown", "Running": "running", "Resolved": "resolved", "Failed": "failed"}


@cache
def list_allowed() -> dict[tuple[str, TurnSeen], TurnSeen]:
    """The transitions of the specification: each fact with what it may follow, and what it leads to."""
    rows = json.loads(_TABLE.read_text(encoding="utf-8"))
    return {(row["fact"], TurnSeen(**row["from"])): TurnSeen(**row["to"]) for row in rows}


def fact_told(stream: str, detail_type: str, detail: Mapping[str, Any]) -> ToldFact:
    """A fact of the record, an outbox or the bus."""
    metadata, data = detail["metadata"], detail["data"]
    origin = data.get("forked_from") or {}
    return ToldFact(
        stream=stream,
        sequence=int(metadata["sequence"]),
        kind=detail_type.partition(".")[0],
        turn_id=metadata.get("turn_id"),
        number=data.get("number", origin.get("turn")),
    )


def _is_specified(fact: ToldFact) -> bool:
    """Whether the specification speaks of facts of this kind. Others, as that a story was reported, are no steps of a
    turn."""
    return fact.kind in _kinds()


@cache
def _kinds() -> frozenset[str]:
    return frozenset({"CampaignStarted"}.union(kind for kind, _ in list_allowed()))


def first_step_not_allowed(story: Iterable[ToldFact], admissions: Iterable[ToldFact]) -> str | None:
    """The first fact that cannot be, and why: of `campaign/…` (story) and `turns/…` (admissions), each in order."""
    campaign, streams = _Campaign(), (deque(filter(_is_specified, story)), deque(filter(_is_specified, admissions)))
    while any(streams):
        heads = [stream for stream in streams if stream]
        objections = [campaign.objection(stream[0]) for stream in heads]
        if all(objections):
            return "; ".join(
                f"{stream[0].stream}: {stream[0]}: {why}" for stream, why in zip(heads, objections, strict=True)
            )
        campaign.take(heads[objections.index(None)].popleft())
    return None
