"""Reading deeds as people say them: with second thoughts, of themselves in the third person, in few words."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.canon import Condition, Use
from contracts.dm import Remembered
from contracts.lore import Thing
from contracts.state import ItemInstance
from services.dm.domain.reading import Answer, Ask, Deed, Impossible, Meaning, read
from services.dm.tests.builders import COAT, KNIFE, SPARKER, TUNA, briefing, character, rats, scene

UNSEEN = Condition(id="unseen", name="Unseen", turns=2)
HOOD = ItemInstance(id="hood-7", item="hood", name="Tar Hood", kind="armour", slot="head", armour=1, price=5)
LETTER = ItemInstance(id="letter-8", item="letter", name="Salt Letter", kind="key", price=0)
FOG = ItemInstance(id="fog-9", item="fog", name="Fog Pellet", kind="consumable", use=Use(condition=UNSEEN), price=2)
BOOK = Thing(id="tide-book", name="Tide Book", description="Wet pages.", stats=("wits",), deeds=("read", "open"))
SEAT = Thing(id="net-seat", name="Net Seat", description="It sags.", stats=("paws",), deeds=("sit in", "shout into"))


def meanings(
    action: str, history: tuple[Remembered, ...] = (), features: tuple[Thing, ...] = (), **changes: Any
) -> list[Meaning]:
    here = briefing(features=(*briefing().features, *features))
    return [step.meaning for step in read(action, scene(**changes), here, history)]


def deeds(action: str, **changes: Any) -> list[tuple[str, str | None]]:
    """Tools with the first of their arguments."""
    found = [m for m in meanings(action, **changes) if isinstance(m, Deed)]
    return [(deed.tool, next(iter(deed.arguments.values()), None)) for deed in found]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("drop the tuna. No, wait, keep it. I take the hook.", [("take", "bent-hook")]),
        ("drop the tuna. no, eat it", [("use_item", "tuna-2")]),
        ("buy the net, it's dear, hmm, no. the eel then", [("buy", "smoked-eel")]),
        ("sell the knife. scratch that, talk to mags", [("talk", "old-mags")]),
        ("sell the knife and take the hook. no, keep the knife", [("take", "bent-hook")]),
        ("attack the rat... actually never mind", []),
        ("go to the market. oh wait, the hook! then go to the market", [("take", "bent-hook"), ("move_to", "plank")]),
        ("sell the tuna. or the knife? the knife! sell the knife", [("sell", "knife-1")]),
        ("sell the tuna. or the knife? no, take the hook", [("sell", "tuna-2"), ("take", "bent-hook")]),
    ],
)
def test_what_is_taken_back_is_not_done_unless_it_is_said_again(action: str, expected: list[tuple[str, str]]) -> None:
    assert deeds(action) == expected


def test_what_was_taken_back_and_is_wanted_after_all_is_done_once() -> None:
    assert deeds("blink step, no, hit it, no, blink step", encounter=rats(8)) == [("use_ability", "blink-step")]


@pytest.mark.parametrize(
    "action",
    ["take the hook. no thanks", "take the hook, no key no gate", "take the hook, no exit?", "take the hook. no way"],
)
def test_a_no_that_is_no_second_thought_takes_nothing_back(action: str) -> None:
    assert ("take", "bent-hook") in deeds(action)


def test_what_is_taken_back_can_still_be_spoken_of() -> None:
    assert meanings("bite the rat.. no dont!! what is it")[-1] in (Answer("examine", "rats"), Answer("enemies"))


@pytest.mark.parametrize(
    "action", ["go over the wet plank", "back out over the plank", "hop for the plank", "go to the market"]
)
def test_a_way_that_is_here_and_a_verb_of_movement_lead_out_of_a_fight(action: str) -> None:
    assert deeds(action, encounter=rats(8)) == [("flee", None)]


def test_home_is_the_way_out_of_a_fight() -> None:
    assert deeds("go home", encounter=rats(8)) == [("flee", None)]


@pytest.mark.parametrize("action", ["the plank", "use the plank", "what about the market"])
def test_a_way_without_a_verb_of_movement_leads_nowhere(action: str) -> None:
    assert deeds(action, encounter=rats(8)) == []


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("Biscuit bites the rat.", [("attack", "rats")]),
        ("Velours takes the hook and gives the tuna to Mags.", [("take", "bent-hook"), ("give", "tuna-2")]),
        ("Ozone crouches until her belly is wet, and does not attack the rat.", []),
    ],
)
def test_a_cat_told_of_in_the_third_person_acts(action: str, expected: list[tuple[str, str]]) -> None:
    assert deeds(action) == expected


@pytest.mark.parametrize("action", ["Mags bites the rat.", "Ozone gives me the tuna", "It bites the rat"])
def test_what_somebody_else_is_told_to_do_is_no_deed(action: str) -> None:
    assert deeds(action) == []


@pytest.mark.parametrize("action", ["that hook mine now", "hook!", "pop the hook in my bag"])
def test_what_is_claimed_is_taken(action: str) -> None:
    assert deeds(action) == [("take", "bent-hook")]


def test_what_one_changes_into_is_put_on() -> None:
    bagged = character(inventory=(KNIFE, COAT, HOOD), equipment={"body": "coat-3"})
    assert deeds("change into the tar hood", cat=bagged) == [("equip", "hood-7")]


@pytest.mark.parametrize(
    "action",
    [
        "here you are mags, this was in the crane",
        "one salt letter. here you go mags",
        "the salt letter is for you, Mags",
    ],
)
def test_what_is_handed_over_is_what_was_named_or_is_waited_for(action: str) -> None:
    bearer = character(inventory=(KNIFE, TUNA, LETTER))
    assert ("give", "letter-8") in deeds(action, cat=bearer)


def test_what_is_to_be_given_and_is_not_carried_is_said_to_be_missing() -> None:
    assert [m.reason for m in meanings("give mags the policy") if isinstance(m, Impossible)] == ["not-carried"]


@pytest.mark.parametrize("action", ["the level point can go on brains", "wits up", "put the point in wits"])
def test_a_level_goes_where_its_point_is_said_to_go(action: str) -> None:
    found = meanings(action, cat=character(choices=1))
    chosen = Deed("level_up", {"stat": "wits", "ability": None})
    assert found in ([chosen], [Ask((chosen,))])


@pytest.mark.parametrize("action", ["we're in", "I shall look into this gull tax for you", "we will do it"])
def test_a_quest_is_agreed_to_by_several_as_by_one(action: str) -> None:
    assert deeds(action) == [("accept_quest", "gull-tax")]


@pytest.mark.parametrize(
    "action", ["give a very strong blow to the first rat with my knife", "drive the knife into the first rat"]
)
def test_a_blow_told_by_a_noun_is_struck(action: str) -> None:
    struck = [m for m in meanings(action, encounter=rats(8, 3)) if isinstance(m, Deed)]
    assert struck == [Deed("attack", {"target": "rust-rat-1", "weapon": "knife-1"})]


def test_the_same_enemy_as_before_is_struck_whatever_was_said_since() -> None:
    past = (
        Remembered(number=2, action="bite the second rat", narrative="It squeaks."),
        Remembered(number=3, action="can I talk to them?", narrative="They do not talk."),
    )
    assert deeds("same rat as before", history=past, encounter=rats(8, 3)) == [("attack", "rust-rat-2")]


@pytest.mark.parametrize("action", ["kill weak rat", "hit the wobbly one", "finish the staggering rat"])
def test_a_state_tells_which_enemy(action: str) -> None:
    assert deeds(action, encounter=rats(8, 3)) == [("attack", "rust-rat-2")]


@pytest.mark.parametrize("action", ["I comb my whiskers with a wet paw", "find out about the tides"])
def test_a_verb_of_searching_that_is_of_something_else_is_no_search(action: str) -> None:
    assert ("search", None) not in deeds(action)


def test_what_is_dropped_in_a_fight_and_is_of_use_there_is_used() -> None:
    carrier = character(inventory=(KNIFE, FOG, SPARKER))
    assert deeds("drop the fog pellet", cat=carrier, encounter=rats(8)) == [("use_item", "fog-9")]


@pytest.mark.parametrize(
    ("action", "feature"),
    [
        ("read tide book", "tide-book"),
        ("flip through the tide book", "tide-book"),
        ("sit net seat", "net-seat"),
        ("scream into the net seat", "net-seat"),
        ("have a feel under the crane panel", "crane-panel"),
        ("the panel again but with brain this time", "crane-panel"),
    ],
)
def test_a_feature_is_tried_by_its_own_deed(action: str, feature: str) -> None:
    assert deeds(action, features=(BOOK, SEAT)) == [("try_feature", feature)]


def test_a_feature_that_is_only_looked_at_is_not_tried() -> None:
    assert deeds("look at the tide book", features=(BOOK, SEAT)) == []


def test_a_posture_before_a_deed_is_how_it_is_done() -> None:
    assert deeds("I press myself against the crate, then eat the tuna", cat=character(hp=3)) == [("use_item", "tuna-2")]


def test_a_deed_before_which_something_is_asked_is_not_done() -> None:
    assert deeds("Before I give Mags the tuna: is that final?") == []


def test_a_word_about_somebody_in_passing_is_asked_about_and_not_put_to_them() -> None:
    (meaning,) = meanings("those rust rats absolutely cooked everybody on yesterday evening")
    assert not isinstance(meaning, Deed)
