"""Facts are filed once, whatever the order and the number of their deliveries, and never change."""

from __future__ import annotations

import json
from itertools import permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ninelives.analytics.cost.inserts import parse_insert
from services.chronicle.adapters import chronicle_table
from services.chronicle.domain.entry import IndexEntry, entries_of, names_in
from services.chronicle.tests.story import CAMPAIGN, event, fact, question, turn

TURNS = {
    1: (fact("Old Mags on Iron Gate: the key hangs in the Cold Store.", "old-mags", "the-gate"),),
    2: (fact("You search the place: 14 against 12."), fact("Rust Rat falls.", "rust-rat-1")),
    3: (fact("You now carry Tin of Tuna.", "tuna-7"),),
}


class Memory:
    """The chronicle's table as a dictionary: what inserts leave behind."""

    def __init__(self):
        self.items = {}
        self.words = set()

    def batch_execute_statement(self, *, Statements):
        for _, item in map(parse_insert, Statements):
            self.items.setdefault((item["pk"]["S"], item["sk"]["S"]), item["fact"]["S"])
        return {"Responses": [{} for _ in Statements]}

    def get_item(self, **_):
        return {"Item": {"words": {"SS": sorted(self.words)}}} if self.words else {}

    def update_item(self, *, ExpressionAttributeValues, **_):
        self.words |= set(ExpressionAttributeValues[":names"]["SS"])


def hear(order):
    memory = Memory()
    table = chronicle_table.ChronicleTable(memory, "table")
    for number in order:
        told = turn(number, *TURNS[number])
        table.write(CAMPAIGN, entries_of(told), names_in(told), fresh=True)
    return memory.items, memory.words


@given(st.permutations(sorted(TURNS)), st.lists(st.sampled_from(sorted(TURNS)), max_size=6))
def test_any_order_and_any_number_of_deliveries_leave_the_same_chronicle(order, again):
    assert hear([*again, *order]) == hear(sorted(TURNS))


def test_a_batch_in_any_order_is_filed_once(chronicle):
    chronicle.hears(*(event(number, *TURNS[number]) for number in TURNS))
    before = chronicle.contents()

    for order in permutations(TURNS):
        assert chronicle.hears(*(event(number, *TURNS[number]) for number in order)) == []

    assert chronicle.contents() == before
    assert len(before) > len(TURNS)


def test_turns_that_come_together_are_filed_together(chronicle):
    chronicle.reads.clear()

    chronicle.hears(*(event(number, *TURNS[number]) for number in TURNS))

    assert chronicle.reads == {"BatchExecuteStatement": 1, "GetItem": 1, "UpdateItem": 1}


def test_a_turn_without_a_fact_costs_nothing(chronicle):
    chronicle.reads.clear()

    assert chronicle.hears(event(1)) == []

    assert chronicle.reads == {}


def test_a_fact_stands_as_it_was_told_first(chronicle):
    chronicle.hears(event(1, fact("Old Mags likes you.", "old-mags")))

    chronicle.hears(event(1, fact("Old Mags hates you.", "old-mags")))

    assert chronicle.recall_texts(question("mags?")) == [(1, "Old Mags likes you.")]


def test_what_cannot_be_read_goes_to_the_dead_letters_and_the_rest_is_filed(chronicle, monkeypatch):
    from stagekit import dead_letters

    set_aside = []
    queue = type("Queue", (), {"send_message": lambda self, **message: set_aside.append(message["MessageBody"])})()
    monkeypatch.setattr(dead_letters, "queues", lambda: queue)

    assert chronicle.hears("not an event", event(1, *TURNS[1])) == []

    assert set_aside == ["not an event"]
    assert chronicle.recall_texts(question("mags?"))


def test_events_of_other_kinds_are_passed_over(chronicle):
    other = json.loads(event(1, *TURNS[1])) | {"detail-type": "CampaignEnded.v1"}

    assert chronicle.hears(json.dumps(other)) == []
    assert chronicle.contents() == []


def test_a_sentence_is_filed_under_what_it_is_about_and_the_names_in_it():
    [first, *_] = TURNS[1]
    subjects = [entry.subject for entry in entries_of(turn(1, first))]

    assert subjects == [
        "about/old-mags", "about/the-gate", "word/cold", "word/gate", "word/iron", "word/mag", "word/store"
    ]  # fmt: skip


def test_instances_of_one_kind_are_filed_together_and_nobodys_facts_under_the_place():
    subjects = {entry.subject for entry in entries_of(turn(2, *TURNS[2]))}

    assert {"about/rust-rat", "about/fish-dock"} <= subjects


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=500), st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), max_size=8))
def test_however_rich_a_sentence_is_its_entries_are_few(text, about):
    entries: list[IndexEntry] = list(entries_of(turn(1, fact(text, *about))))

    assert len(entries) <= 8 + 8
    assert {entry.fact.text for entry in entries} == {text}
