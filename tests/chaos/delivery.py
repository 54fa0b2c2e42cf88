"""The way of a fact from its commit to every consumer, in one process, with each step in somebody else's hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from contracts.campaign import CampaignEndedV1, CampaignErasedV1, CampaignStartedV1, TurnResolvedV1
from contracts.envelope import Event
from contracts.gateway import StoryReportedV1, TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from services.audit.adapters.table import DynamoAuditTable
from services.audit.application.record import ChainBehind, record
from services.audit.domain.entry import entry_of
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.application.project import project
from services.chronicle.adapters.chronicle_eraser import ChronicleEraser
from services.chronicle.adapters.chronicle_table import ChronicleTable
from services.chronicle.application.remember import remember_all
from services.metrics.adapters.cost_table import CostTable
from services.metrics.domain.data_points import to_count
from stagekit.events import AnyEvent, parse_any
from stagekit.publishing import BusRefused, publish
from tests.support.archived_events import make_events
from tests.support.dynamodb import DynamoDB, Item

KINDS: dict[str, type[Event]] = {
    kind.detail_type: kind
    for kind in (
        *(CampaignStartedV1, CampaignEndedV1, CampaignErasedV1),
        *(TurnResolvedV1, TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1, StoryReportedV1),
    )
}
PROJECTED = (CampaignStartedV1, TurnResolvedV1, CampaignEndedV1, CampaignErasedV1)
COUNTED = (TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1, TurnResolvedV1, StoryReportedV1)
MIDNIGHT = 1_700_000_000.0


class Killed(BaseException):
    """A worker died, as a process does: nobody catches it."""


@dataclass(frozen=True)
class Fact:
    """A fact as it is in the outbox, as any consumer reads it, and as the ones that know its kind do."""

    item: Item
    any: AnyEvent
    event: Event

    @property
    def id(self) -> str:
        return self.any.metadata.event_id


@dataclass(frozen=True, eq=False)
class Message:
    """A delivery of a fact; a second one is another message."""

    fact: Fact


@cache
def streams() -> dict[str, tuple[Fact, ...]]:
    """The facts of some campaigns, stream by stream, in their order."""
    found: dict[str, list[Fact]] = {}
    for event in make_events(campaigns=2, turns=6, seed=7):
        stream = event["detail"]["metadata"]["stream"]
        if not stream.startswith("progress/"):
            found.setdefault(stream, []).append(_fact(event))
    return {stream: tuple(sorted(facts, key=lambda fact: fact.item["sk"]["S"])) for stream, facts in found.items()}


def _fact(event: Item) -> Fact:
    known = parse_any(json.dumps(event))
    meta = known.metadata
    body = {"detail_type": known.detail_type, "source": known.source, "detail": event["detail"]}
    item = {
        "pk": {"S": f"STREAM#{meta.stream}"},
        "sk": {"S": f"{meta.sequence:010d}"},
        "entity": {"S": "event"},
        "event": {"S": json.dumps(body)},
    }
    return Fact(item, known, KINDS[known.detail_type].model_validate(event["detail"]))


class Services:
    """The consumers' own code over one DynamoDB. `dying_after` requests the worker that runs is dead; before its
    request number `raced_at` another one does all of its work."""

    def __init__(self) -> None:
        self.dynamodb = DynamoDB(self._a_request)
        self.dying_after: int | None = None
        self.raced_at: int | None = None
        self.racer: Callable[[], None] = lambda: None
        client: Any = self.dynamodb
        self._client = client
        self._audit = DynamoAuditTable(client, "audit")
        self._generations = ProjectionVersions(client, {"projection": "lines", "side": "side"})
        self._chronicle = ChronicleTable(client, "chronicle")
        self._costs = CostTable(client, "metrics")
        named = SimpleNamespace(state=SimpleNamespace(character=SimpleNamespace(name="Pixel")))
        self._store: Any = SimpleNamespace(read=lambda campaign_id: named)
        self.consumers: dict[str, Callable[[Fact], None]] = {
            "audit": self._record,
            "projection": self._project,
            "chronicle": self._remember,
            "metrics": self._count,
        }

    def _a_request(self) -> None:
        if self.raced_at is not None:
            self.raced_at -= 1
            if self.raced_at < 0:
                mine, self.dying_after, self.raced_at = self.dying_after, None, None
                self.racer()
                self.dying_after = mine
        if self.dying_after is not None:
            self.dying_after -= 1
            if self.dying_after < 0:
                raise Killed

    def _record(self, fact: Fact) -> None:
        record(entry_of(fact.any.source, fact.any.detail_type, fact.any.metadata, fact.any.data), self._audit)

    def _project(self, fact: Fact) -> None:
        if isinstance(fact.event, PROJECTED):
            project(fact.event, self._generations, self._store, lambda tried: None)

    def _remember(self, fact: Fact) -> None:
        if isinstance(fact.event, TurnResolvedV1):
            remember_all([fact.event], self._chronicle, fact.event.metadata.occurred_at, timedelta())

    def _count(self, fact: Fact) -> None:
        if isinstance(fact.event, COUNTED):
            self._costs.count_all([to_count(fact.event)], MIDNIGHT)

    def bury(self, campaign_id: str) -> None:
        """The chronicle erases a campaign of which it has filed nothing."""
        ChronicleEraser(self._client, "chronicle").bury(campaign_id)

    @property
    def kept(self) -> dict[str, dict[tuple[str, str], Item]]:
        return {name: dict(sorted(table.items())) for name, table in sorted(self.dynamodb.tables.items())}


class Bazaar:
    """Outboxes, relays, the bus with its archive, and a queue for each consumer."""

    def __init__(self) -> None:
        self.services = Services()
        self.committed: dict[str, int] = dict.fromkeys(streams(), 0)
        self.unrelayed: dict[str, list[Fact]] = {stream: [] for stream in streams()}
        self.archive: list[Fact] = []
        self.queues: dict[str, list[Message]] = {name: [] for name in self.services.consumers}
        self._by_id = {fact.id: fact for facts in streams().values() for fact in facts}

    def commit(self, stream: str) -> None:
        """The next fact of a stream becomes true: it is in the outbox from now on."""
        if self.committed[stream] < len(streams()[stream]):
            self.unrelayed[stream].append(streams()[stream][self.committed[stream]])
            self.committed[stream] += 1

    def relay(self, stream: str, moods: Iterator[str]) -> None:
        """One delivery of the stream's batch to the relay: all of it leaves the stream, or none."""
        batch = self.unrelayed[stream]
        try:
            assert not publish([fact.item for fact in batch], _Bus(self, moods), "bus", lambda: 0.0)
        except (BusRefused, Killed):
            return
        self.unrelayed[stream] = []

    def deliver(
        self, consumer: str, index: int, dies_after: int | None = None, raced_at: int | None = None, again: bool = False
    ) -> None:
        """Any message of a queue to its consumer; it stays there when the worker dies, or when it comes twice. A worker
        that races it takes the message after it."""
        queue, services = self.queues[consumer], self.services
        index %= len(queue)
        message = queue[index]
        services.dying_after, services.raced_at = dies_after, raced_at
        services.racer = lambda: self._race(consumer, index)
        try:
            services.consumers[consumer](message.fact)
        except (Killed, ChainBehind):
            return
        finally:
            services.dying_after = services.raced_at = None
        if not again:
            queue.remove(message)

    def _race(self, consumer: str, index: int) -> None:
        """Another worker takes the next message about the same campaign, and finishes it."""
        queue = self.queues[consumer]
        mine = queue[index]
        for other in (*queue[index + 1 :], *queue[:index]):
            if other.fact.event.metadata.campaign_id == mine.fact.event.metadata.campaign_id:
                self.services.consumers[consumer](other.fact)
                queue.remove(other)
                return

    def settle(self) -> None:
        """All that is on its way arrives."""
        for stream in self.unrelayed:
            self.relay(stream, iter(()))
        for consumer, queue in self.queues.items():
            while queue:
                self.deliver(consumer, 0)

    @property
    def facts(self) -> list[Fact]:
        """The facts that were committed, stream by stream."""
        return [fact for stream, count in self.committed.items() for fact in streams()[stream][:count]]

    def arrive(self, event_id: str) -> None:
        fact = self._by_id[event_id]
        self.archive.append(fact)
        for queue in self.queues.values():
            queue.append(Message(fact))


class _Bus:
    """Takes each entry, refuses it, or lets the relay die with the rest in its hands; without a mood left it takes."""

    def __init__(self, bazaar: Bazaar, moods: Iterator[str]) -> None:
        self._bazaar, self._moods = bazaar, moods

    def put_events(self, *, Entries: Any) -> Any:
        results = []
        for entry in Entries:
            mood = next(self._moods, "takes")
            if mood == "dies":
                raise Killed
            if mood == "refuses":
                results.append({"ErrorCode": "ThrottlingException"})
                continue
            self._bazaar.arrive(json.loads(entry["Detail"])["metadata"]["event_id"])
            results.append({"EventId": "-"})
        return {"FailedEntryCount": sum("ErrorCode" in each for each in results), "Entries": results}
