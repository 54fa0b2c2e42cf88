"""A session reads like prose: it seldom says a thing twice, and neither too little nor too much."""

from __future__ import annotations

from functools import cache

import pytest

from ninelives.evaluation.prose import Prose, measure, play_session, world_names, world_sentences
from services.dm.domain.happenings import read_facts

SEED = "ab" * 32
SESSIONS = {
    "alley-brawler": """
        look around
        who are you?
        what's in my bag
        ask ferrule about breakfast
        accept breakfast is late
        try shelf 4471 with paws
        what do I do next?
        go to the warm laundry
        hello
        talk to auntie bellows
        take the cream
        how am I
        go to the market
        what's for sale?
        buy sardines
        joke with pib
        listen at the lip of the chute
        go to sprinkler alley
        attack the dust bunny
        the first one
        use furious flurry on the second dust bunny
        attack
        search the place
        look around
        go back to the market
        where can I go
        sing a sad song
        the moon is made of lint
        go to lost property
        rest
    """,
    "lap-diplomat": """
        what can I do
        who am I
        talk to ferrule
        what do you know about the tag
        read the claims ledger
        accept breakfast is late
        wait
        go to the cardboard market
        look
        talk to pib
        thanks pib
        flatter mondo flake
        how much is the cream
        buy pot of cream
        hide
        go to sprinkler alley
        what are my enemies
        defend
        attack the bunny
        flee
        help
        what is my quest
        go to the warm laundry
        talk to auntie bellows
        sleep
        look around
        try dryer nine with wits
        dance on the dryers
        what happened so far
        xyzzy plugh
    """,
}
"""Thirty turns as people type them, in two classes."""
MOST_REPEATED = 0.10
MOST_STORIES_OF_ONE_FRAME = 3
FEWEST_WORDS, MOST_WORDS = 40, 110
SHARE_OF_THAT_LENGTH = 0.9
FULL = {
    "strike", "hurt", "foe-falls", "foe-hits", "foe-misses", "arrive", "tried", "carry", "says", "on-topic", "quest-on",
    "pay", "meet", "take-on", "experience",
}  # fmt: skip


def actions(class_id: str) -> list[str]:
    return [line.strip() for line in SESSIONS[class_id].strip().splitlines()]


@cache
def session(class_id: str):
    return play_session(class_id, actions(class_id), SEED)


@cache
def prose(class_id: str) -> Prose:
    stories = [turn.telling.narrative for turn in session(class_id)]
    return measure(stories, world_names(), world_sentences())


@pytest.mark.parametrize("class_id", SESSIONS)
def test_at_most_a_tenth_of_five_word_runs_was_told_before(class_id: str) -> None:
    assert prose(class_id).repeated <= MOST_REPEATED


@pytest.mark.parametrize("class_id", SESSIONS)
def test_no_frame_of_a_sentence_comes_in_more_than_three_stories(class_id: str) -> None:
    assert prose(class_id).commonest[1] <= MOST_STORIES_OF_ONE_FRAME, prose(class_id).commonest


@pytest.mark.parametrize("class_id", SESSIONS)
def test_a_turn_takes_forty_to_a_hundred_and_ten_words(class_id: str) -> None:
    lengths = prose(class_id).lengths
    fitting = sum(FEWEST_WORDS <= length <= MOST_WORDS for length in lengths)

    assert fitting >= SHARE_OF_THAT_LENGTH * len(lengths), lengths
    assert FEWEST_WORDS <= prose(class_id).mean_length <= MOST_WORDS


@pytest.mark.parametrize("class_id", SESSIONS)
def test_the_figures_of_dice_and_wounds_stay_beside_the_story(class_id: str) -> None:
    told = " ".join(turn.telling.narrative for turn in session(class_id))

    assert " against armour " not in told
    assert " damage" not in told


def test_the_rules_facts_are_read_for_what_they_tell() -> None:
    facts = [fact for class_id in SESSIONS for turn in session(class_id) for o in turn.outcomes for fact in o.facts]

    assert {happening.kind for happening in read_facts(facts)} >= FULL


def test_a_story_told_twice_is_counted_as_told_twice() -> None:
    once = measure(["The rat runs off under the stairs."], ("rat",))
    twice = measure(["The rat runs off under the stairs."] * 2, ("rat",))

    assert once.repeated == 0
    assert twice.repeated == 0.5
    assert twice.commonest[1] == 2
    assert "N runs off under the stairs" in twice.frames


def test_names_figures_speech_and_the_worlds_own_sentences_make_no_frame() -> None:
    told = ["Mags counts 3 eels. “Four.” A gull minds it.", "Crumb counts 14 eels. “Five.” A gull minds it."]
    figures = measure(told, ("Mags", "Crumb"), frozenset(["a gull minds it"]))

    assert figures.frames["N counts # eels"] == 2
    assert not any("gull" in frame or "Four" in frame for frame in figures.frames)
