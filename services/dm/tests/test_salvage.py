"""Sentences are told as far as they stand, without what was added; nothing is cut off that settles the rest."""

from __future__ import annotations

import pytest

from contracts.dm import Beat
from services.dm.domain.narration.assemble import assemble
from services.dm.domain.narration.renderings import render_facts
from services.dm.domain.story.salvage import find_parts
from services.dm.tests.builders import make_reply, make_round, outcome, to_check

STRIKE = "You strike at Rust Rat with Can Knife: 15 against armour 10, a hit."
FIGHT = (make_round(outcome("attack", (STRIKE,))),)
HIT = render_facts(to_check(make_reply("x"), rounds=FIGHT))["f1"]


def tell(*beats: Beat) -> str:
    return assemble(to_check(make_reply(" ".join(beat.text for beat in beats), beats=beats), rounds=FIGHT)).text


@pytest.mark.parametrize(
    ("sentence", "start"),
    [
        ("You hit the Rust Rat, with a zeppelin of a grin.", "You hit the Rust Rat."),
        ("The rain goes on, which is a zeppelin.", "The rain goes on."),
    ],
)
def test_what_is_added_to_a_sentence_is_cut_off_when_it_does_not_stand(sentence: str, start: str) -> None:
    assert start in find_parts(sentence)
    assert start in tell(Beat(kind="fact", text=sentence, facts=("f1",)))


@pytest.mark.parametrize(
    "sentence",
    [
        "The rain goes on, and a zeppelin lands on the crates.",
        "The rain goes on; a zeppelin comes.",
        "The rain goes on unless a zeppelin comes.",
        "The rain goes on, if the zeppelin does.",
        "The rain stops when a zeppelin comes.",
    ],
)
def test_a_clause_of_its_own_and_a_condition_are_no_additions(sentence: str) -> None:
    assert list(find_parts(sentence, "zeppelin")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Low over the crates, a zeppelin.",
        "It hangs there like a small and zeppelin moon.",
        "Between the rain and the zeppelin you wait.",
        "“The rain goes on, a zeppelin,” says Old Mags.",
        "When it rains, zeppelins.",
    ],
)
def test_no_sentence_is_cut_in_two(sentence: str) -> None:
    assert not any(start.endswith((" small.", "crates.", "rain.", "rains.", "on.")) for start in find_parts(sentence))


def test_a_verdict_is_never_cut_off() -> None:
    assert tell(Beat(kind="fact", text="You strike at the Rust Rat and miss.", facts=("f1",))) == HIT
