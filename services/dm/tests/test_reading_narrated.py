"""Reading an action that is narrated: the cat in the third person, openings and gestures, words said aloud, things laid
before somebody, and what leans on the last turn."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.dm import Remembered
from services.dm.domain.reading import Answer, Ask, Deed, Impossible, Meaning, read
from services.dm.tests.builders import briefing, rats, scene


def meanings(action: str, told: str = "", asked: str = "I wait", **changes: Any) -> list[Meaning]:
    history = (Remembered(number=3, action=asked, narrative=told),) if told else ()
    return [step.meaning for step in read(action, scene(**changes), briefing(), history)]


def deeds(action: str, told: str = "", asked: str = "I wait", **changes: Any) -> list[tuple[str, str | None]]:
    found = [each for each in meanings(action, told, asked, **changes) if isinstance(each, Deed)]
    return [(each.tool, next(iter(each.arguments.values()), None)) for each in found]


@pytest.mark.parametrize(
    ("action", "deed"),
    [
        ("She slips across the wet plank.", ("move_to", "plank")),
        ("Salt in her whiskers, she picks up the bent hook.", ("take", "bent-hook")),
        ("He wants to eat some tuna.", ("use_item", "tuna-2")),
        ("[ears flat] She eats the tuna.", ("use_item", "tuna-2")),
    ],
)
def test_the_cat_of_whom_a_player_tells_is_the_players_own(action: str, deed: tuple[str, str]) -> None:
    assert deeds(action) == [deed]


@pytest.mark.parametrize("remark", ["She looks tired.", "He sells eel.", "Is it true that she eats tuna?"])
def test_of_somebody_else_it_is_only_told(remark: str) -> None:
    assert not [tool for tool, _ in deeds(remark) if tool != "talk"]


def test_a_gesture_of_the_body_holds_up_no_blow() -> None:
    assert deeds("I plant my feet and hit the first rat.", encounter=rats(8, 3)) == [("attack", "rust-rat-1")]


def test_what_makes_a_thing_ready_holds_up_nothing_that_is_done_with_it() -> None:
    assert deeds("I thumb the terminals of the sparker and hurl it at the second rat.", encounter=rats(8, 3)) == [
        ("use_item", "sparker-4")
    ]


def test_the_one_of_whom_the_story_told_something_is_struck() -> None:
    told = "The second Rust Rat walks in a circle. The first Rust Rat grins."

    assert deeds("hit the one that's walking in circles", told, encounter=rats(8, 8)) == [("attack", "rust-rat-2")]


def test_with_whatever_hurts_most_is_asked_back() -> None:
    cat = scene().state.character
    second = cat.inventory[0].model_copy(update={"id": "hook-9", "item": "gaff", "name": "Gaff"})
    armed = cat.model_copy(update={"inventory": (*cat.inventory, second)})

    [meaning] = meanings("hit the first rat with whatever hurts it most", encounter=rats(8, 3), cat=armed)

    assert isinstance(meaning, Ask)


@pytest.mark.parametrize(
    "action",
    ["I lay the can knife at Mags's paws", "I drop the can knife at her feet", "I hold the can knife up to Old Mags"],
)
def test_what_is_laid_before_somebody_is_given(action: str) -> None:
    assert deeds(action) == [("give", "knife-1")]


def test_what_is_laid_on_a_counter_is_not_left_behind() -> None:
    assert meanings("I dump the can knife on the counter") == [Answer("price", "can-knife")]


def test_nothing_is_sold_for_what_nobody_pays_with() -> None:
    [meaning] = meanings("I would trade my tuna for peace")

    assert isinstance(meaning, Impossible)


@pytest.mark.parametrize("spoken", ['"Mags, what is it like here?"', '"Mags," I whisper, "what is it like here?"'])
def test_who_is_called_in_what_is_said_aloud_is_spoken_to(spoken: str) -> None:
    assert deeds(spoken) == [("talk", "old-mags")]


def test_what_helps_and_is_put_to_ones_own_body_is_used() -> None:
    assert deeds("I dab at my leg with the tuna") == [("use_item", "tuna-2")]


def test_a_yes_takes_the_only_offer_when_it_was_made_last() -> None:
    assert deeds("yes") == [("accept_quest", "gull-tax")]
    assert deeds("yes", "Old Mags speaks of the Gull Tax.") == [("accept_quest", "gull-tax")]
    assert deeds("yes", "It is wet here.") == []
    assert meanings("yes", "It is wet here.") == [Ask((Deed("accept_quest", {"quest": "gull-tax"}),), "Gull Tax")]


def test_there_is_where_the_last_turn_asked_the_way_to() -> None:
    assert deeds("go there", "The plank leads there.", "where is the tin market") == [("move_to", "plank")]
    assert deeds("go there", "The door leads there.", "where is the warm boiler") == [("move_to", "boiler-door")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what am i doing here", Answer("recap")),
        ("is it still raining", Answer("look")),
        ("what is the torn net for", Answer("does", "net")),
    ],
)
def test_a_question_of_a_form_that_has_one_answer_gets_it(question: str, answer: Answer) -> None:
    assert meanings(question) == [answer]
