"""Facts reach every consumer once, whatever is refused, killed, repeated or overtaken on the way."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.campaign import TurnResolvedV1
from tests.chaos.delivery import Bazaar, Services, streams
from tests.support.size import pick_size

INTERLEAVINGS, STEPS = pick_size(250, soaking=10_000), 10
MOODS = st.lists(st.sampled_from(("takes", "takes", "takes", "refuses", "dies")), max_size=6)
ANY = st.integers(0, 10_000)
MOMENTS = st.sampled_from((None, None, 0, 1, 2, 2, 3, 5))
STREAM = st.sampled_from(sorted(streams()))


class Interleaving(RuleBasedStateMachine):
    """Commits, relays, deliveries, deaths, races and duplicates in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.bazaar = Bazaar()

    @initialize(streams=st.lists(STREAM, min_size=4, max_size=12))
    def begin(self, streams: list[str]) -> None:
        self.commit(streams)
        for stream in streams:
            self.bazaar.relay(stream, iter(()))

    @rule(streams=st.lists(STREAM, min_size=1, max_size=4))
    def commit(self, streams: list[str]) -> None:
        for stream in streams:
            self.bazaar.commit(stream)

    @rule(stream=STREAM, moods=MOODS)
    def relay(self, stream: str, moods: list[str]) -> None:
        self.bazaar.relay(stream, iter(moods))

    @precondition(lambda self: any(self.bazaar.queues.values()))
    @rule(deliveries=st.lists(st.tuples(ANY, ANY, MOMENTS, MOMENTS, st.booleans()), min_size=3, max_size=10))
    def deliver(self, deliveries: list[tuple[int, int, int | None, int | None, bool]]) -> None:
        for which, index, dies_after, raced_at, again in deliveries:
            waiting = [name for name, queue in self.bazaar.queues.items() if queue]
            if waiting:
                self.bazaar.deliver(waiting[which % len(waiting)], index, dies_after, raced_at, again)

    @invariant()
    def nothing_is_published_that_was_not_committed(self) -> None:
        committed = {fact.id for fact in self.bazaar.facts}
        assert {fact.id for fact in self.bazaar.archive} <= committed

    def teardown(self) -> None:
        """The end of every interleaving: what is on its way arrives, and then all consumers have the same facts."""
        self.bazaar.settle()
        facts = self.bazaar.facts
        assert {fact.id for fact in self.bazaar.archive} == {fact.id for fact in facts}
        assert self.bazaar.services.kept == in_order(facts).kept
        assert rebuilt_from(self.bazaar).kept.get("lines") == self.bazaar.services.kept.get("lines")


def in_order(facts) -> Services:
    """The services after each fact came once and in order."""
    services = Services()
    for fact in facts:
        for consume in services.consumers.values():
            consume(fact)
    return services


def rebuilt_from(bazaar: Bazaar) -> Services:
    """A projection made of the archive, which has no order and holds some facts twice."""
    services, archive = Services(), list(bazaar.archive)
    random.Random(len(archive)).shuffle(archive)
    for fact in archive:
        services.consumers["projection"](fact)
    return services


Interleaving.TestCase.settings = settings(
    max_examples=INTERLEAVINGS,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestInterleavings = pytest.mark.timeout(pick_size(240, soaking=4 * 3600))(Interleaving.TestCase)


def test_what_is_kept_in_order_is_what_was_said():
    """The yardstick itself: were it empty, every interleaving would equal it."""
    facts = [fact for stream in streams().values() for fact in stream]
    services = in_order(facts)
    kept = services.kept
    resolved = [fact for fact in facts if isinstance(fact.event, TurnResolvedV1)]

    assert len(resolved) > 5
    assert len(kept["lines"]) == sum(stream.startswith("campaign/") for stream in streams())
    ledger = [item for (pk, _), item in kept["metrics"].items() if pk.startswith("LEDGER#")]
    assert sum(int(line["turns"]["N"]) for line in ledger) == len(resolved)
    assert sum(int(line["micro_dollars"]["N"]) for line in ledger) == sum(
        fact.event.data.totals.micro_dollars for fact in resolved
    )
    assert Counter(pk.startswith("CHAIN#") for pk, _ in kept["audit"]) == {True: len(facts), False: len(facts)}
    assert any(pk.startswith("CAMPAIGN#") for pk, _ in kept["chronicle"])
