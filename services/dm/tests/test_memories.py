"""Memories are given to the model, told by the understudy, and no invention to the judge."""

from __future__ import annotations

import pytest

from contracts.chronicle import Memory
from contracts.dm import DungeonMasterReplied
from contracts.lore import Passage
from services.dm.domain.prompt import MOST_MEMORY_CHARACTERS, compose
from services.dm.domain.understudy.master import reply
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_request, to_check
from services.dm.wiring import catalogue

WHISTLE = Memory(turn=3, text="Old Mags on the Cold Store: its lock answers to a whistle.", about=("old-mags",))
KING = Memory(turn=9, text="Gull King falls, and leaves 74 feathers.", about=("gull-king",))
MEMORIES = (WHISTLE, KING)
RAIN = "The rain goes on."
LORE = Passage(id="saint", title="Saint Rust", text="Saint Rust keeps 88 candles.", score=1)


def opening(**changes: object) -> str:
    return compose(make_request("I ask about the whistle", **changes), catalogue()).messages[0].text


def tell(action: str, **changes: object) -> str:
    return reply(make_request(action, **{"memories": MEMORIES, **changes})).narrative or ""


def story_of(answered: DungeonMasterReplied, **changes: object) -> str:
    return validate_and_route(to_check(answered, **changes), catalogue()).narrative or ""


def test_the_model_reads_memories_with_their_turns_and_before_the_action() -> None:
    text = opening(memories=MEMORIES)

    assert f"turn 3: {WHISTLE.text}" in text
    assert text.index("turn 3:") < text.index("turn 9:") < text.index("<player ")


def test_without_memories_the_prompt_does_not_speak_of_any() -> None:
    assert "remembered" not in opening()


def test_memories_take_no_more_of_a_prompt_than_they_may_and_the_one_that_matters_stays() -> None:
    long = tuple(Memory(turn=n, text=f"{n} " + "word " * 90) for n in range(4, 16))
    text = opening(memories=(WHISTLE, *long))

    assert len(text) - len(opening()) < MOST_MEMORY_CHARACTERS + 400
    assert WHISTLE.text in text


@pytest.mark.parametrize(
    "action",
    [
        "What do I know about the Gull King?",
        "who is the gull king?",
        "I remember the Gull King",
        "I think of the gull king",
    ],
)
def test_the_understudy_answers_from_memory_about_somebody_who_is_not_here(action: str) -> None:
    assert KING.text in tell(action)
    assert WHISTLE.text not in tell(action)


def test_of_somebody_who_is_here_the_understudy_tells_what_is_known_and_what_is_seen() -> None:
    story = tell("What do I know about Mags?")

    assert WHISTLE.text in story
    assert "A tabby with one ear" in story


def test_a_look_at_what_is_here_stays_a_look() -> None:
    assert "“" not in tell("Who is Mags?")
    assert "Fish Dock, Low Harbour" in tell("Where am I?")


def test_of_whom_nothing_is_known_the_understudy_makes_nothing_up() -> None:
    assert "“" not in tell("Who is Zorro?")


def test_where_the_story_was_never_the_lore_may_know_something() -> None:
    assert LORE.text in tell("Who is Saint Rust?", memories=(), passages=(LORE,))


def test_a_deed_and_a_memory_are_both_in_the_story() -> None:
    asked_for = reply(make_request("I attack the rat and remember the gull king", memories=MEMORIES))

    assert [call.name for call in asked_for.calls] == ["attack"]


def test_what_the_understudy_remembers_stands_before_the_judge() -> None:
    hidden = Memory(turn=2, text="You learn of Brine Cellar: 1,200 eels sleep in it, and the Brine Eel dies.")
    answered = reply(make_request("What do I know about the Brine Cellar?", memories=(hidden,)))

    assert hidden.text in (answered.narrative or "")
    assert hidden.text in story_of(answered, memories=(hidden,), action="What do I know about the Brine Cellar?")


def test_somebody_here_may_speak_of_what_the_master_was_given_to_read() -> None:
    story = "“Saint Rust keeps 88 candles,” says Old Mags."

    assert story in story_of(make_reply(f"{RAIN} {story}"), passages=(LORE,))
    assert story not in story_of(make_reply(f"{RAIN} {story}"))


def test_what_was_learnt_in_an_earlier_turn_is_no_secret_any_more() -> None:
    learnt = Memory(turn=2, text="You learn of Brine Cellar: it is under the dock.")
    story = "The Brine Cellar is under the dock."

    assert story in story_of(make_reply(f"{RAIN} {story}"), memories=(learnt,))
    assert story not in story_of(make_reply(f"{RAIN} {story}"))
