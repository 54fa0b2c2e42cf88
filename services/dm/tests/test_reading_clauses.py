"""Reading clauses: which of them is a deed, and which only tells when, why, how or of what something is said."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.lore import TopicRef
from services.dm.domain.reading import Answer, Ask, Deed, Impossible, Meaning, Roleplay, read
from services.dm.tests.builders import briefing, character, rats, scene

BRUISED = character(hp=5)


def meanings(action: str, **changes: Any) -> list[Meaning]:
    return [step.meaning for step in read(action, scene(**changes), briefing())]


def tools(action: str, **changes: Any) -> list[str]:
    return [meaning.tool for meaning in meanings(action, **changes) if isinstance(meaning, Deed)]


@pytest.mark.parametrize(
    "question",
    [
        "before i eat the tuna: what does it do?",
        "before i eat the tuna what does it do?",
        "if i eat the tuna, what happens then?",
        "when a life is lost, what fraction of the purse is taken?",
        "since i am hungry, what does the tuna do?",
        "what should i buy before i leave?",
    ],
)
def test_what_is_said_about_a_question_is_never_done(question: str) -> None:
    told = meanings(question, cat=BRUISED)

    assert tools(question, cat=BRUISED) == []
    assert any(isinstance(each, Answer) for each in told)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("while the gulls look away, search the place", ["search"]),
        ("while mags looks away take the hook", ["take"]),
        ("before leaving, search the place", ["search"]),
        ("search the place before i go", ["search"]),
        ("search the place, because mags is not looking", ["search"]),
        ("since i am hungry i eat the tuna", ["use_item"]),
        ("after eating the tuna, search the place", ["use_item", "search"]),
        ("before i search the place, eat the tuna", ["use_item", "search"]),
    ],
)
def test_the_deed_beside_a_subordinate_clause_is_done(action: str, expected: list[str]) -> None:
    assert tools(action, cat=BRUISED) == expected


@pytest.mark.parametrize("action", ["if mags sleeps, search the place", "as soon as mags sleeps, search the place"])
def test_what_waits_for_a_condition_is_left(action: str) -> None:
    assert tools(action) == []
    assert any(isinstance(each, Roleplay) and each.manner == "later" for each in meanings(action))


def test_a_label_is_what_the_question_is_about() -> None:
    assert Answer("ability", "static-burst") in meanings("Static burst: how long until it is ready?")
    assert tools("Static burst: how long until it is ready?", encounter=rats(8)) == []


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("Mags has said the tuna is old. I eat the tuna", ["use_item"]),
        ("the gulls are loud, we are late, search the place", ["search"]),
        ("I am at five. what does the tuna do?", []),
    ],
)
def test_a_remark_is_forgotten_beside_what_is_wanted(action: str, expected: list[str]) -> None:
    assert tools(action, cat=BRUISED) == expected
    assert not any(isinstance(each, Impossible) for each in meanings(action, cat=BRUISED))


def test_a_question_without_a_name_is_about_what_was_just_remarked() -> None:
    told = meanings("Static burst is spent. when will it be ready?")
    assert Answer("ability", "static-burst") in told


@pytest.mark.parametrize(
    "question", ["and to whom must i give the tuna, please?", "for opening the iron gate, what do i need?"]
)
def test_a_question_behind_a_preposition_is_one(question: str) -> None:
    assert tools(question) == []


@pytest.mark.parametrize("action", ["we already ate the tuna", "i have eaten the tuna", "i searched the place before"])
def test_what_is_past_is_not_done_again(action: str) -> None:
    (told,) = meanings(action, cat=BRUISED)
    assert isinstance(told, Impossible | Answer)


def test_an_order_to_somebody_is_a_word_with_them() -> None:
    assert meanings("mags come fight it for me", encounter=rats(8))[0] == Deed(
        "talk", {"npc": "old-mags", "topic": None}
    )


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("I crouch until my nose is level with the crate and search the place", ["search"]),
        ("flattening my ears, I eat the tuna", ["use_item"]),
        ("I comb my whiskers and eat the tuna", ["use_item"]),
        ("crouch", ["hide"]),
    ],
)
def test_posture_beside_a_deed_is_its_manner(action: str, expected: list[str]) -> None:
    assert tools(action, cat=BRUISED) == expected


def test_a_topic_that_is_named_among_other_words_is_asked_about_first() -> None:
    striking = briefing()
    mags = striking.npcs[0].model_copy(update={"topics": (TopicRef(id="the-strike", name="the strike"),)})
    talk = Deed("talk", {"npc": "old-mags", "topic": "the-strike"})

    def read_with(action: str) -> Meaning:
        return read(action, scene(), striking.model_copy(update={"npcs": (mags,)}))[0].meaning

    assert read_with("the strike") == talk
    asked = read_with("forty feathers of strike")
    assert isinstance(asked, Ask) and asked.options == (talk,)
