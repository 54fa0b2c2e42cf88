"""However facts arrive and whoever dies in between: the same table, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.application import record as recording
from services.audit.application.record import ChainBehind, Conflict, record, record_all
from services.audit.domain.chain import SETTLED_AFTER, ChainGap, beginning, chain_of
from services.audit.domain.entry import AuditEntry
from services.audit.tests.facts import CAMPAIGN, STREAM, entry
from services.audit.tests.memory_table import Shelf

MOST_FACTS = 7
OTHER = f"turns/{CAMPAIGN}"


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


def test_a_fact_that_comes_in_order_costs_two_writes_and_one_read():
    shelf = Shelf()
    for sequence in range(1, 20):
        before = shelf.operations
        record(entry(sequence), shelf)
        assert shelf.operations - before == 3


def test_a_link_that_is_not_the_hash_of_what_it_links_is_a_conflict():
    def forge() -> None:
        if shelf.operations == 2:  # the head is known, the link is about to be written
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


@st.composite
def batches(draw) -> list[list[int]]:
    """Arrivals of two streams, as they come together: a fact of the second has a hundred added to its sequence."""
    left = [*draw(arrivals()), *(100 + sequence for sequence in draw(arrivals()))]
    order, found = draw(st.permutations(left)), []
    while order:
        size = draw(st.integers(1, 6))
        found.append(order[:size])
        order = order[size:]
    return found


def entries_of(batch: list[int]) -> list[AuditEntry]:
    found = []
    for number in batch:
        stream, sequence = (STREAM, number) if number < 100 else (OTHER, number - 100)
        found.append(entry(sequence, stream=stream, event_id=f"{stream}/{sequence}"))
    return found


@given(batches(), st.lists(st.integers(1, 14), max_size=6))
def test_batches_make_the_same_table_however_they_are_cut_and_whoever_dies(found, deaths):
    shelf, waiting, lives = Shelf(), list(found), iter(deaths)
    while waiting:
        batch, last_breath = waiting.pop(0), next(lives, None)
        moments = iter(range(last_breath)) if last_breath is not None else None

        def dies(moments=moments) -> None:
            if moments is not None and next(moments, None) is None:
                raise Died

        shelf.meanwhile = dies
        try:
            record_all(entries_of(batch), shelf)
        except Died:
            waiting.append(batch)

    assert shelf.items == one_by_one(found)


@given(batches(), st.data())
def test_batches_that_race_make_the_same_table(found, data):
    waiting = list(found)

    def others() -> None:
        if waiting and data.draw(st.booleans()):
            record_all(entries_of(waiting.pop()), shelf)

    shelf = Shelf(others)
    while waiting:
        record_all(entries_of(waiting.pop()), shelf)

    assert shelf.items == one_by_one(found)


def one_by_one(found: list[list[int]]) -> dict:
    """The table after each fact came once, in order."""
    shelf = Shelf()
    for number in sorted({number for batch in found for number in batch}):
        record(entries_of([number])[0], shelf)
    return shelf.items


def test_a_batch_of_facts_in_order_writes_twice_and_reads_once_however_many_streams_there_are():
    shelf = Shelf()

    record_all(entries_of([1, 2, 3, 101, 102]), shelf)

    assert shelf.operations == 2 + 1
    assert shelf.items == one_by_one([[1, 2, 3, 101, 102]])


def test_a_gap_is_told_once_for_a_batch():
    told = [result.gap for result in record_all(entries_of([1, 4, 5]), Shelf())]

    assert [gap and (gap.first, gap.last) for gap in told] == [None, None, (2, 3)]


def test_of_a_batch_with_a_fact_twice_the_second_is_the_duplicate():
    assert [result.duplicate for result in record_all(entries_of([1, 1, 2]), Shelf())] == [False, True, False]


def test_two_that_differ_at_one_place_of_a_batch_are_a_conflict():
    with pytest.raises(Conflict):
        record_all([entry(1), entry(1, {"hp": 99})], Shelf())
