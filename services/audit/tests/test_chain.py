"""However facts arrive and whoever dies in between: the same table, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.application import record as recording
from services.audit.application.record import ChainBehind, Conflict, record
from services.audit.domain.chain import SETTLED_AFTER, ChainGap, beginning, chain_of
from services.audit.tests.facts import STREAM, entry
from services.audit.tests.memory_table import Shelf

MOST_FACTS = 7


class Died(Exception):
    """The writer, before its next operation."""


def in_order(facts: int) -> dict:
    """The table after every fact came once, one after the other."""
    shelf = Shelf()
    for sequence in range(1, facts + 1):
        record(entry(sequence), shelf)
    return shelf.items


@st.composite
def arrivals(draw) -> list[int]:
    """Every fact of a stream at least once, some of them again, in any order."""
    facts = draw(st.integers(1, MOST_FACTS))
    again = draw(st.lists(st.integers(1, facts), max_size=5))
    return draw(st.permutations([*range(1, facts + 1), *again]))


@given(arrivals(), st.lists(st.integers(1, 12), max_size=6))
def test_any_order_any_number_and_any_death_make_the_same_table(order, deaths):
    """A writer that died is delivered its message again, after the others."""
    shelf, waiting, lives = Shelf(), list(order), iter(deaths)
    while waiting:
        sequence, last_breath = waiting.pop(0), next(lives, None)
        until = None if last_breath is None else shelf.operations + last_breath

        def dies(until: int | None = until) -> None:
            if shelf.operations == until:
                raise Died

        shelf.meanwhile = dies
        try:
            record(entry(sequence), shelf)
        except Died:
            waiting.append(sequence)

    assert shelf.items == in_order(max(order))


@given(arrivals(), st.data())
def test_writers_that_race_make_the_same_table(order, data):
    """Between any two operations of a writer, another one may do all of its work."""
    waiting = [entry(sequence) for sequence in order]

    def others() -> None:
        if waiting and data.draw(st.booleans()):
            record(waiting.pop(), shelf)

    shelf = Shelf(others)
    while waiting:
        record(waiting.pop(), shelf)

    assert shelf.items == in_order(max(order))


@given(st.sets(st.integers(2, 9), min_size=1))
def test_a_hole_is_told_while_something_waits_behind_it(missing):
    shelf = Shelf()
    told = [record(entry(sequence), shelf).gap for sequence in range(1, 11) if sequence not in missing]

    first = min(missing)
    length = next(n for n in range(1, 10) if first + n not in missing)
    assert told[-1] == ChainGap(first=first, last=first + length - 1, behind_since="2026-01-01T00:00:00+00:00")
    assert told[: first - 1] == [None] * (first - 1)


def test_a_gap_is_settled_when_it_is_older_than_deliveries_overtake_each_other():
    since = datetime(2026, 1, 1, tzinfo=UTC)
    gap = ChainGap(first=2, last=4, behind_since=since.isoformat())

    assert gap.missing == 3
    assert not gap.is_settled(since + SETTLED_AFTER)
    assert gap.is_settled(since + SETTLED_AFTER + timedelta(seconds=1))


def test_one_message_does_a_bounded_piece_of_a_long_chain_and_the_next_try_goes_on(monkeypatch):
    monkeypatch.setattr(recording, "MOST_LINKS", 10)
    shelf = Shelf()
    for sequence in range(30, 1, -1):
        record(entry(sequence), shelf)

    linked = []
    for _ in range(2):
        with pytest.raises(ChainBehind):
            record(entry(1), shelf)
        linked.append(sum(pk == chain_of(STREAM) for pk, _ in shelf.items))
    assert record(entry(1), shelf).gap is None

    assert linked == [11, 21]
    assert shelf.items == in_order(30)


def test_a_fact_that_comes_in_order_costs_two_writes_and_two_reads():
    shelf = Shelf()
    for sequence in range(1, 20):
        before = shelf.operations
        record(entry(sequence), shelf)
        assert shelf.operations - before == 4


def test_a_link_that_is_not_the_hash_of_what_it_links_is_a_conflict():
    def forge() -> None:
        if shelf.operations == 3:  # the head is known, the link is about to be written
            shelf.items[place] = forged

    shelf, place = Shelf(forge), (chain_of(STREAM), "0000000001")
    forged = {"pk": place[0], "sk": place[1], "link": "0" * 64}

    with pytest.raises(Conflict, match="another link is at 1"):
        record(entry(1), shelf)

    assert shelf.items[place] == forged


def test_chains_of_different_streams_begin_differently():
    assert beginning("campaign/a").link != beginning("turns/a").link


def test_metadata_that_a_later_minor_adds_does_not_alter_what_was_said():
    said, told_by_a_newer_writer = entry(1, traceparent=None), entry(1, some_day=None)

    assert said == told_by_a_newer_writer
    assert "traceparent" not in said.detail
