"""Properties of consumers: each survives the messages of an evening, twice, in any order, with a fault at any call."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from tests.conformance import strikes
from tests.conformance.bench import Bench, Strike, World
from tests.conformance.comparison import Path, difference, differences
from tests.conformance.shapes import UNKNOWN, minors, newer, older
from tests.conformance.stages import LATER
from tests.conformance.subjects import Consumer
from tests.conformance.verdicts import Findings
from tests.simulation.chance import Chance
from tests.simulation.delivery import BATCH, POISON

RECEIVES = 12
"""Times that a message comes, redrives included, before it is called never taken."""
SHUFFLES = 3
VISIBILITY = 180.0


class ConsumerTrial:
    """The messages of one consumer and the world that they come into."""

    def __init__(self, consumer: Consumer, messages: Sequence[str], world: World, struck: int) -> None:
        self.consumer, self.messages, self.world, self._struck = consumer, tuple(messages), world, struck
        self.after = self._quietly(self.messages)

    def try_all(self, findings: Findings) -> None:
        all_of_them = self.messages
        shuffled = [self._shuffle(seed) for seed in range(SHUFFLES)]
        one_by_one = [[each] for each in all_of_them]
        findings.add(
            "duplicate", [partial(self.check_delivery, [*([e] for m in all_of_them for e in (m, m)), *one_by_one])]
        )
        findings.add("together", [partial(self.check_delivery, _batches(all_of_them))])
        orders = [tuple(reversed(all_of_them)), *shuffled]
        findings.add("any order", [partial(self.check_delivery, [[m] for m in order]) for order in orders])
        findings.add("unknown fields", [self.unknown_fields])
        findings.add("older minor", self._of_older_minors())
        findings.add("poison", [self.poison])
        for number in range(self._struck):
            self._try_strikes(findings, len(all_of_them) * number // self._struck)

    def _try_strikes(self, findings: Findings, start: int) -> None:
        """Faults at the calls for some messages in a batch, when those before them are consumed."""
        before = Bench(self.consumer, self.world)
        self._deliver(before, [[each] for each in self.messages[:start]])
        batch = self.messages[start : start + BATCH]
        trial = _Struck(self.consumer, batch, World.of(before.system))
        findings.add("killed", [partial(trial.check_strike, strike) for strike in strikes.deaths(trial.calls)])
        findings.add(
            "lost and late", [partial(trial.check_strike, strike) for strike in strikes.lost_and_late(trial.calls)]
        )

    def check_delivery(self, batches: Sequence[Sequence[str]]) -> str | None:
        """Deliver these batches and return the first fault in how they were taken or in the tables after them."""
        bench = Bench(self.consumer, self.world)
        if wrong := self._deliver(bench, batches):
            return wrong
        return self._same(bench)

    def unknown_fields(self) -> str | None:
        """Every object in a message has a field more; it changes nothing where kinds are heard by name."""
        bench = Bench(self.consumer, self.world)
        wrong = self._deliver(bench, [[_newer(self.consumer, each)] for each in self.messages])
        return wrong or (self._same(bench) if self.consumer.kinds else None)

    def poison(self) -> str | None:
        """A message that cannot be read is set aside at once and holds nothing up."""
        bench = Bench(self.consumer, self.world)
        wrong = self._deliver(bench, _batches([POISON, *self.messages]), dead=[POISON])
        return wrong or self._same(bench)

    def _of_older_minors(self) -> list[Callable[[], str | None]]:
        found: dict[str, list[str]] = {}
        for body in self.messages:
            kind = self.consumer.kinds.get(json.loads(body)["detail-type"])
            for minor, schema in minors(*_owner_and_name(kind)) if kind else ():
                found.setdefault(minor, []).append(_older(schema, body))
        return [partial(self._check_minor, minor, bodies) for minor, bodies in found.items()]

    def _check_minor(self, minor: str, bodies: Sequence[str]) -> str | None:
        wrong = self._deliver(Bench(self.consumer, self.world), [[each] for each in bodies])
        return f"of minor {minor}: {wrong}" if wrong else None

    def _quietly(self, messages: Sequence[str], later: float = 0.0) -> Any:
        bench = Bench(self.consumer, self.world, later)
        wrong = self._deliver(bench, [[each] for each in messages])
        assert not wrong, f"{self.consumer.name}, undisturbed: {wrong}"
        return bench.tables

    @cached_property
    def _of_time(self) -> frozenset[Path]:
        return frozenset(differences(self.after, self._quietly(self.messages, LATER)))

    def _same(self, bench: Bench) -> str | None:
        changed = difference(self.after, bench.tables, self._of_time)
        return f"what is kept {changed}" if changed else None

    def _deliver(
        self, bench: Bench, batches: Sequence[Sequence[str]], dead: Sequence[str] = (), strike: Strike | None = None
    ) -> str | None:
        """Deliver until all is taken. Returns what is wrong with how it was taken."""
        waiting = [list(batch) for batch in batches]
        for _ in range(RECEIVES):
            back: list[list[str]] = []
            for batch in waiting:
                back += [[body] for body in _consume(bench, batch, strike)]
                strike = None
            if not back:
                lost = bench.dead_letters
                return (
                    None if lost == list(dead) else f"{len(lost)} messages were set aside, {len(dead)} cannot be read"
                )
            waiting = back
            bench.wait(VISIBILITY)
        return f"{len(waiting)} messages are never taken"

    def _shuffle(self, seed: int) -> tuple[str, ...]:
        chance = Chance(seed)
        return tuple(sorted(self.messages, key=lambda body: chance.number("order", body)))


class _Struck(ConsumerTrial):
    """One batch, whose first delivery is struck."""

    def __init__(self, consumer: Consumer, batch: Sequence[str], world: World) -> None:
        super().__init__(consumer, batch, world, 0)
        bench = Bench(consumer, world)
        _consume(bench, list(batch), None)
        self.calls = list(bench.plan.calls)

    def check_strike(self, strike: Strike) -> str | None:
        bench = Bench(self.consumer, self.world)
        wrong = self._deliver(bench, [self.messages], strike=strike) or self._same(bench)
        return f"{strike}: {wrong}" if wrong else None


def _consume(bench: Bench, batch: list[str], strike: Strike | None) -> list[str]:
    """The messages that come back."""
    records = [{"messageId": str(n), "body": body, "eventSource": "aws:sqs"} for n, body in enumerate(batch)]
    ended = bench.ask({"Records": records}, strike)
    if ended.died or ended.error:
        return batch
    return [batch[int(each["itemIdentifier"])] for each in ended.answer["batchItemFailures"]]


def _batches(messages: Sequence[str]) -> list[Sequence[str]]:
    return [messages[start : start + BATCH] for start in range(0, len(messages), BATCH)]


def _newer(consumer: Consumer, body: str) -> str:
    event = json.loads(body)
    kind = consumer.kinds.get(event["detail-type"])
    if kind:
        event["detail"] = newer(kind, event["detail"])
    else:
        event["detail"]["metadata"][UNKNOWN] = event["detail"]["data"][UNKNOWN] = 1
    event["detail"]["metadata"]["schema_version"] = "1.99"
    return json.dumps(event)


def _older(schema: Any, body: str) -> str:
    event = json.loads(body)
    return json.dumps({**event, "detail": older(schema, event["detail"])})


def _owner_and_name(kind: type[Any]) -> tuple[str, str]:
    return kind.__module__.rpartition(".")[2], kind.__name__
