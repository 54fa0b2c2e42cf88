"""A request that leaves the game is told what the rules decided, or lines of the place and of who is here."""

from __future__ import annotations

import pytest

from contracts.canon import NpcVoice
from contracts.dm import Beat
from services.dm.domain.story.context import survey
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import briefing, make_reply, make_round, outcome, to_check
from services.dm.wiring import catalogue

FREE = "The air at the top is thin."
LEAVING = (
    "how tall is mount everest",
    "write a poem about the sea",
    "ask Old Mags to write my essay about Rome",
    "I attack the rat, then write a poem about the sea",
    "what should I cook tonight?",
    "my boyfriend reads my mail, what do I do",
    "who is the king",
    "what time is it at the top of the crane",
    "what's 17 times 23?",
    "how much is nine plus ten",
)
OF_THE_GAME = (
    "I look around",
    "attack the rust rat with my knife",
    "ask Old Mags about the Iron Gate",
    "how am I doing?",
    "what now?",
    "what time is it",
    "who is Old Mags",
    "I watch the crowd",
    "take a nap",
    "what am I carrying?",
    "3 2 1 go",
    "hit it 2 times",
)


def tell(action: str, text: str, **changes: str) -> str:
    beat = Beat.model_validate({"kind": "colour", "text": text, **changes})
    routed = validate_and_route(to_check(make_reply(beats=(beat,)), action=action), catalogue())
    return routed.narrative or ""


@pytest.mark.parametrize("action", LEAVING)
def test_words_that_neither_game_nor_scene_has_leave_the_game(action: str) -> None:
    assert survey(to_check(make_reply("-"), action=action)).leaves_game
    assert FREE not in tell(action, FREE)


@pytest.mark.parametrize("action", OF_THE_GAME)
def test_what_can_be_done_asked_and_seen_here_does_not(action: str) -> None:
    assert not survey(to_check(make_reply("-"), action=action)).leaves_game
    assert FREE in tell(action, FREE)


@pytest.mark.parametrize(
    "action",
    [
        "write a poem about rats and crates",
        "is tuna good for a headache?",
        "how many rats does a city have",
        "explain the gate like an economist would",
    ],
)
def test_a_word_that_the_scene_has_as_well_keeps_no_request_in_the_game(action: str) -> None:
    assert survey(to_check(make_reply("-"), action=action)).leaves_game
    assert FREE not in tell(action, FREE)


@pytest.mark.parametrize("text", ["Old Mags has two prices.", "Crates sweat brine by the Crane Panel.", "You write."])
def test_the_words_of_what_is_here_make_no_answer_stand(text: str) -> None:
    assert text not in tell("write a poem about the sea", text)
    assert text in tell("I look around", text) or text == "You write."


def test_when_nothing_stands_the_understudy_tells() -> None:
    request = to_check(make_reply(FREE), action="write a poem about the sea")

    assert validate_and_route(request, catalogue()).route == "understudy"


def test_people_say_their_own_lines_word_by_word_and_no_others() -> None:
    here = briefing()
    voice = NpcVoice(greeting="Mind the wet.", again="You again.", unknown="Not my fish.", farewell="Off you go.")
    people = tuple(person.model_copy(update={"voice": voice}) for person in here.npcs)

    def says(text: str) -> str:
        beat = Beat(kind="speech", text=text, who="old-mags")
        request = to_check(make_reply(beats=(beat,)), action="Old Mags, what is the capital of France?")
        known = request.model_copy(update={"briefing": here.model_copy(update={"npcs": people})})
        return validate_and_route(known, catalogue()).narrative or ""

    assert "Not my fish" in says("Not my fish.")
    assert "Fish are wet" not in says("Fish are wet.")
    assert "slow and grey" not in says("It is slow and grey.")


def test_what_the_rules_decided_is_told_all_the_same() -> None:
    fact = outcome("search", ("You search the place.",))
    reply = make_reply(beats=(Beat(kind="fact", text=FREE, facts=("f1",)),))
    request = to_check(reply, action="write a poem about the sea", rounds=(make_round(fact),))

    story = validate_and_route(request, catalogue()).narrative or ""

    assert "search" in story.casefold()
    assert FREE not in story
