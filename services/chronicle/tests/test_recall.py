"""Recall gives names however old, beginnings and latest news, and never takes more than a bounded look."""

from __future__ import annotations

import pytest

from contracts.canon import EntityRef
from services.chronicle.domain.recall import AT_ONCE, MOST_MEMORIES
from services.chronicle.tests.story import DOCK, MAGS, OTHER, event, fact, question

QUARREL = "Old Mags on the Cold Store: its lock answers to her late husband's whistle."
HABIT = "Old Mags on Iron Gate: the key hangs behind the eels."
RAT = EntityRef(id="rust-rat-2", name="Rust Rat")
READS = 1 + 2 * 6
"""The names, and both ends of six subjects."""


def live(chronicle, turns: int) -> None:
    """A campaign in which Mags is met on turn 3, and which goes on elsewhere: a fight a turn, some facts each."""
    chronicle.hears(event(3, fact(QUARREL, "old-mags", "cold-store")))
    for number in range(4, turns):
        chronicle.hears(
            event(
                number,
                fact(f"You try Crane Panel with wits: {number} against 12.", "crane-panel"),
                fact(f"Rust Rat takes {number} claws damage.", "rust-rat-1"),
                fact(f"You gain {number} experience."),
            )
        )


def test_a_name_met_on_turn_3_is_still_known_on_turn_300(chronicle):
    live(chronicle, 300)

    assert (3, QUARREL) in chronicle.recall_texts(question("What do I know about Mags?", DOCK, RAT, before=296))


def test_who_is_present_is_remembered_without_being_named(chronicle):
    live(chronicle, 60)

    assert (3, QUARREL) in chronicle.recall_texts(question("I look around", DOCK, MAGS, before=57))


def test_what_nothing_was_ever_said_of_is_not_looked_up(chronicle):
    chronicle.hears(event(2, fact(QUARREL, "old-mags", "cold-store")))
    chronicle.reads.clear()

    strangers = [EntityRef(id=f"thing-{chr(97 + n) * 3}", name=f"Thing {n}") for n in range(4)]
    assert chronicle.recall_texts(question("I look around", *strangers, MAGS)) == [(2, QUARREL)]

    assert chronicle.reads["Query"] == 1


@pytest.mark.parametrize("known", [1, AT_ONCE - 1, AT_ONCE])
def test_of_a_subject_of_which_little_is_known_both_ends_are_one_look(chronicle, known):
    chronicle.hears(*(event(n, fact(f"Old Mags sells you eel number {n}.", "old-mags")) for n in range(1, known + 1)))

    told = chronicle.recall_texts(question("I look around", MAGS))

    assert told[0][0] == 1 and told[-1][0] == known
    assert chronicle.reads == {"GetItem": 1, "Query": 1 if known < AT_ONCE else 2}


def test_of_a_story_that_goes_on_names_are_read_once_in_a_few_turns_and_none_is_missed(chronicle):
    live(chronicle, 20)

    reads = []
    for before in range(4, 20):
        chronicle.recalls(question("What about Mags and the Rust Rat?", before=before))
        reads.append(chronicle.reads["GetItem"])
    chronicle.hears(event(20, fact("Tin Tina hums.", "tin-tina")))
    told = chronicle.recall_texts(question("And Tin Tina?", before=21))

    assert sum(reads) <= len(reads) / 2
    assert told == [(20, "Tin Tina hums.")]


def test_names_that_are_known_are_filed_without_another_look(chronicle):
    chronicle.hears(event(1, fact(QUARREL, "old-mags")))
    chronicle.hears(event(2, fact(QUARREL, "old-mags")))
    chronicle.reads.clear()

    chronicle.hears(event(3, fact(QUARREL, "old-mags")))

    assert chronicle.reads["GetItem"] == 0
    assert (3, QUARREL) not in chronicle.recall_texts(question("mags", before=3))
    assert chronicle.recall_texts(question("mags")) == [(1, QUARREL)]


def test_a_fact_about_nothing_is_recalled_where_it_happened(chronicle):
    search = "You search the place: 14 against 12."
    chronicle.hears(event(2, fact(search)))

    assert chronicle.recall_texts(question("I search again", DOCK)) == [(2, search)]
    assert chronicle.recall_texts(question("I search again", MAGS, step="elsewhere")) == []


def test_a_recall_reads_no_more_on_turn_300_than_on_turn_30(chronicle):
    live(chronicle, 300)

    asked = "I tell Mags about the rust rats by the crane panel and the cold store"
    counted = []
    for before in (30, 300):
        chronicle.recalls(question(asked, DOCK, MAGS, RAT, before=before, step=f"recall-{before}"))
        counted.append((chronicle.reads["GetItem"], chronicle.reads["Query"], chronicle.items_read))

    assert counted[0] == counted[1]
    assert counted[0][0] + counted[0][1] <= READS


def test_however_much_an_action_names_the_look_is_bounded(chronicle):
    names = [f"Aa{chr(97 + n)}x Bee{chr(97 + n)}" for n in range(20)]
    chronicle.hears(*(event(n + 1, fact(f"Here is {name}.", f"thing-{chr(97 + n)}")) for n, name in enumerate(names)))
    present = [EntityRef(id=f"thing-{chr(97 + n)}", name=f"Thing {chr(97 + n)}") for n in range(20)]

    recalled = chronicle.recalls(question(" ".join(names) * 20, *present))

    assert recalled.memories
    assert chronicle.reads["GetItem"] + chronicle.reads["Query"] <= READS
    assert len(recalled.memories) <= MOST_MEMORIES


def test_facts_are_told_word_for_word_and_oldest_first(chronicle):
    chronicle.hears(event(7, fact(HABIT, "old-mags")), event(2, fact(QUARREL, "old-mags")))

    assert chronicle.recall_texts(question("mags")) == [(2, QUARREL), (7, HABIT)]


def test_the_turns_the_master_still_has_word_for_word_are_left_out(chronicle):
    chronicle.hears(event(2, fact(QUARREL, "old-mags")), event(7, fact(HABIT, "old-mags")))

    assert chronicle.recall_texts(question("mags", before=7)) == [(2, QUARREL)]


def test_what_was_said_often_is_told_once_as_it_was_first(chronicle):
    chronicle.hears(*(event(n, fact(HABIT, "old-mags")) for n in range(1, 10)))

    assert chronicle.recall_texts(question("mags")) == [(1, HABIT)]


def test_of_much_that_is_known_what_the_action_speaks_of_comes_through(chronicle):
    chronicle.hears(event(5, fact(HABIT, "old-mags")))
    chronicle.hears(*(event(n, fact(f"Old Mags sells you eel number {n}.", "old-mags")) for n in range(6, 14)))
    chronicle.hears(*(event(n, fact(f"Rust Rat bites {n} times.", "rust-rat")) for n in range(6, 30)))

    told = chronicle.recall_texts(question("I ask Mags where the key to the gate hangs", DOCK, MAGS, RAT))

    assert (5, HABIT) in told
    assert len(told) == MOST_MEMORIES


def test_the_beginning_and_the_latest_of_a_long_acquaintance_are_both_known(chronicle):
    chronicle.hears(*(event(n, fact(f"Old Mags sells you eel number {n}.", "old-mags")) for n in range(1, 100)))

    turns = [number for number, _ in chronicle.recall_texts(question("I greet Mags", MAGS))]

    assert min(turns) == 1
    assert max(turns) == 99


def test_another_campaign_remembers_nothing_of_this_one(chronicle):
    chronicle.hears(event(1, fact(QUARREL, "old-mags")))

    assert chronicle.recall_texts(question("mags", MAGS, campaign=OTHER)) == []


def test_the_first_turn_reads_nothing(chronicle):
    assert chronicle.recall_texts(question("mags", MAGS, before=1)) == []
    assert not chronicle.reads
