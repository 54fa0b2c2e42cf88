"""Reading keeps to what stands there: nothing in sight is called missing, nobody is struck by a leap over them."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.lore import Way
from services.dm.domain.reading import Answer, Deed, Impossible, Meaning, Roleplay, read
from services.dm.tests.builders import QUEST, briefing, rats, ref, scene


def meaning(action: str, briefed: Any = None, **changes: Any) -> Meaning:
    first, *_ = read(action, scene(**changes), briefed or briefing())
    return first.meaning


def target(action: str) -> str | None:
    struck = meaning(action, encounter=rats(4, 8, 8))
    return struck.arguments["target"] if isinstance(struck, Deed) and struck.tool == "attack" else None


@pytest.mark.parametrize(
    ("action", "foe"),
    [
        ("attack the nearest rat", "rust-rat-1"),
        ("claw the one on the left", "rust-rat-1"),
        ("hit the one on the right", "rust-rat-3"),
        ("bite the closest one", "rust-rat-1"),
    ],
)
def test_enemies_stand_in_a_row_that_has_ends(action: str, foe: str) -> None:
    assert target(action) == foe


@pytest.mark.parametrize("action", ["jump over the rats", "leap past them", "climb over the first rat"])
def test_a_leap_over_somebody_is_no_blow(action: str) -> None:
    assert target(action) is None


@pytest.mark.parametrize("action", ["go to the shrine", "walk over to the crane panel"])
def test_who_goes_to_a_thing_that_is_here_is_not_told_that_it_is_not(action: str) -> None:
    assert meaning(action) == Roleplay("emote", "bait-shrine" if "shrine" in action else "crane-panel")


def test_what_the_place_is_told_to_have_is_not_called_missing() -> None:
    dock = briefing(description="A counter of wet oak, and gulls that argue about property.")

    counter = meaning("attack the counter", dock)
    assert isinstance(counter, Impossible) and (counter.reason, counter.looked_for) == ("cannot", "counter")
    missing = meaning("attack the dragon", dock)
    assert isinstance(missing, Impossible) and missing.reason == "not-here"


def test_into_the_water_is_not_over_the_bridge_that_is_called_by_it() -> None:
    bridge = Way(id="bridge", name="Long Bridge", to=ref("far-side", "Far Side"), aliases=("water", "canal"))
    hole = Way(id="hole", name="Coal Hole", to=ref("cellar", "Cellar"))
    pier = briefing(exits=(bridge, hole))

    assert not isinstance(meaning("dive into the water", pier), Deed)
    assert meaning("jump into the coal hole", pier) == Deed("move_to", {"place": "hole"})
    assert meaning("go over the canal", pier) == Deed("move_to", {"place": "bridge"})


def test_a_quest_that_runs_is_not_there_to_be_accepted_again() -> None:
    running = scene().state.model_copy(update={"quests": (QUEST,)})
    (step,) = read("accept the quest", scene(quests=running.quests), briefing(quests=()))

    assert step.meaning == Impossible("already", "Cold Milk")


def test_what_somebody_has_is_no_part_of_what_it_is_called() -> None:
    bought = meaning("buy the cheapest thing you have")

    assert isinstance(bought, Deed) and bought.tool == "buy"
    assert bought == meaning("buy the cheapest thing")


def test_whoever_is_asked_to_tell_of_themselves_is_spoken_to() -> None:
    assert meaning("tell me about yourself") == Deed("talk", {"npc": "old-mags", "topic": None})


@pytest.mark.parametrize("action", ["help", "inventory"])
def test_a_question_of_one_word_is_answered_while_a_quest_is_on_offer(action: str) -> None:
    asked = meaning(action)

    assert isinstance(asked, Answer)
    assert asked.subject == ("inventory" if action == "inventory" else "help")


def test_what_is_put_back_is_not_taken() -> None:
    put = meaning("put the hook back")

    assert not (isinstance(put, Deed) and put.tool in ("take", "use_item"))
