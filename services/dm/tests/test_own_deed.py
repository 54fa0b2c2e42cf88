"""A deed that the rules know nothing of is told back in the player's own words, and nothing comes of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ninelives.evaluation.understanding.situations import setting
from services.dm.domain.understudy.master import reply
from services.dm.domain.understudy.narrator.own_deed import leave_be, quote_remark, tell_back
from services.dm.tests.builders import make_request
from services.dm.tests.test_answers import request_in

MARKET = request_in(setting("market-morning"))
WORDS = st.lists(
    st.sampled_from(
        [
            "i",
            "my",
            "me",
            "poke",
            "the",
            "kitten",
            "dance",
            ",",
            "and",
            "until",
            "on",
            "pib",
            "quietly",
            "waves",
            "you",
            "can",
        ]
    )
)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("i poke the kitten", "poke the kitten"),
        ("can i ride my tail", "ride your tail"),
        ("could not i just tickle the robot", "tickle the robot"),
        ("i threw myself on the floor", "throw yourself on the floor"),
        ("let me hide my face from pib , please", "hide your face from Pib"),
        ("waves", "wave"),
        ("i sit up until i am warm", "sit up until you are warm"),
        ("pull the rich cat 's tail", "pull the rich cat's tail"),
    ],
)
def test_a_deed_is_told_as_it_stands_after_you_would(typed: str, told: str) -> None:
    assert tell_back(typed, MARKET) == told


@pytest.mark.parametrize(
    "typed",
    [
        "i hate getting wet",
        "my lawyer will hear of this",
        "the monsters of mud",
        "eyes narrow",
        "heal me pib",
        "chat wants me to ride the robot",
        "i would pay you tomorrow",
        "raise my claws to 10",
        "crying right now this is so sad",
        "",
    ],
)
def test_what_is_no_plain_deed_of_the_cat_is_told_as_none(typed: str) -> None:
    assert tell_back(typed, MARKET) == ""


@given(WORDS)
def test_nobody_speaks_of_themselves_in_what_is_told_back(words: list[str]) -> None:
    told = tell_back(" ".join(words), MARKET)

    assert not re.search(r"\b(?:i|my|me|myself)\b", told)


def test_a_name_that_is_hidden_is_not_told_back() -> None:
    hidden = MARKET.model_copy(update={"guarded": ("Purring Engine",)})

    assert tell_back("i pet the purring engine", MARKET) == "pet the purring engine"
    assert tell_back("i pet the purring engine", hidden) == ""
    assert quote_remark("so the purring engine then", hidden) == ""


@pytest.mark.parametrize("typed", ["poke the kitten", "I lick the neon out of a puddle.", "can I swim in the puddle?"])
def test_the_story_says_the_deed_and_that_nothing_comes_of_it(typed: str) -> None:
    told = reply(MARKET.model_copy(update={"action": typed})).narrative or ""

    assert re.search(r"poke the kitten|lick the neon out of a puddle|swim in the puddle", told)
    assert re.search(r"nothing (?:comes|changes)|comes to nothing|there is no|there is none|find none", told)


def test_several_gestures_are_told_in_their_order() -> None:
    told = reply(make_request("I yawn, then I wiggle my ears")).narrative or ""

    assert "yawn and wiggle your ears" in told


def test_what_cannot_be_done_is_refused_in_the_words_in_which_it_was_typed() -> None:
    told = reply(MARKET.model_copy(update={"action": "I skin the kitten for a coat"})).narrative or ""

    assert "skin the kitten for a coat" in told


def test_a_claim_is_told_back_with_what_is_so_about_it() -> None:
    cat = MARKET.scene.state.character
    told = reply(MARKET.model_copy(update={"action": "I am the richest cat of them all"})).narrative or ""

    assert "“I am the richest cat of them all.”" in told
    assert f"{cat.credits} credits" in told


def test_a_claim_beside_a_question_is_no_answer_to_it() -> None:
    told = reply(MARKET.model_copy(update={"action": "I am the king of cats. What is for sale?"})).narrative or ""

    assert "king of cats" not in told
    assert "Pocket Sardines for" in told


@pytest.mark.parametrize(
    ("typed", "told"),
    [("do not sign anything", "sign anything"), ("no , i will not wear my hat", "wear your hat"), ("not now", "")],
)
def test_what_is_left_be_is_told_as_it_stands_after_you_do_not(typed: str, told: str) -> None:
    assert leave_be((typed,), MARKET) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("can i be a dog", "Can I be a dog?"),
        ("do not kill me", "Do not kill me."),
        ("pib is my best friend", "Pib is my best friend."),
        ("give me 900 credits", ""),
    ],
)
def test_a_remark_is_quoted_as_a_sentence(said: str, told: str) -> None:
    assert quote_remark(said, MARKET) == told
