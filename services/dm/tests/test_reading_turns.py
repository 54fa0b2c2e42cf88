"""Reading turns of phrase: what is taken back, what was just gained, flight by motion, manners before a deed."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.canon import Ability, Dice, Use
from contracts.dm import Remembered
from contracts.state import AbilityState, ItemInstance
from services.dm.domain.reading import Ask, Deed, Impossible, Meaning, Roleplay, read
from services.dm.tests.builders import KNIFE, TUNA, briefing, character, rats, scene

EEL = ItemInstance(
    id="eel-9", item="smoked-eel", name="Smoked Eel", kind="consumable", use=Use(heal=Dice(count=1)), price=3
)
HOOD = ItemInstance(id="hood-7", item="hood", name="Tar Hood", kind="armour", slot="head", armour=1, price=5)
CAP = ItemInstance(id="cap-8", item="cap", name="Wool Cap", kind="armour", slot="head", armour=1, price=5)
HUM = Ability(id="hum", name="Soothing Hum", description="It helps.", cost=1, heal=Dice(count=1))


def meanings(action: str, history: tuple[Remembered, ...] = (), **changes: Any) -> list[Meaning]:
    return [step.meaning for step in read(action, scene(**changes), briefing(), history)]


def deeds(action: str, **changes: Any) -> list[tuple[str, str | None]]:
    """Tools with the first of their arguments."""
    found = [m for m in meanings(action, **changes) if isinstance(m, Deed)]
    return [(deed.tool, next(iter(deed.arguments.values()), None)) for deed in found]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("dont hit the first, the second", [("attack", "rust-rat-2")]),
        ("don't attack, just guard", [("defend", None)]),
        ("guard dont attack", [("defend", None)]),
        ("not the knife, the sparker", []),
    ],
)
def test_what_is_named_beside_a_no_stands_in_its_place(action: str, expected: list[tuple[str, str | None]]) -> None:
    assert deeds(action, encounter=rats(8, 3)) == expected


def test_what_is_put_in_the_place_of_a_no_has_the_verb_of_the_last_turn() -> None:
    stabbed = (Remembered(number=4, action="stab the first rat", narrative="It squeaks."),)
    (_, chosen) = meanings("no, not that one. the second", stabbed, encounter=rats(8, 3))[-2:]
    assert chosen == Deed("attack", {"target": "rust-rat-2", "weapon": None})


def test_what_was_bought_is_it_once_it_is_carried() -> None:
    carried = scene(cat=character(hp=3, inventory=(KNIFE, TUNA, EEL)))
    steps = read("buy the eel and give it to mags", carried, briefing(), after=0)
    assert steps[-1].meaning == Deed("give", {"item": "eel-9", "npc": "old-mags"})


@pytest.mark.parametrize("action", ["jump down the plank", "run back to the market", "climb out of here", "leave"])
def test_motion_that_leads_out_of_a_fight_is_flight(action: str) -> None:
    assert deeds(action, encounter=rats(8)) == [("flee", None)]


@pytest.mark.parametrize("action", ["jump at the rat", "go for the throat", "run at it"])
def test_motion_that_does_not_lead_out_is_no_flight(action: str) -> None:
    assert ("flee", None) not in deeds(action, encounter=rats(8))


@pytest.mark.parametrize("action", ["wait", "wait until it tires", "hold my ground"])
def test_waiting_in_a_fight_is_defence(action: str) -> None:
    assert deeds(action, encounter=rats(8)) == [("defend", None)]


@pytest.mark.parametrize("action", ["make a short rest", "i'd like to rest a little here first", "have a quick nap"])
def test_rest_is_rest_with_anything_beside_it(action: str) -> None:
    assert deeds(action, cat=character(hp=3)) == [("rest", None)]


def test_a_healing_ability_that_is_ready_comes_before_food() -> None:
    cat = character(hp=3, abilities=(AbilityState(ability=HUM),))
    assert deeds("patch myself up", cat=cat) == [("use_ability", "hum")]
    assert deeds("patch myself up", cat=character(hp=3, abilities=())) == [("use_item", "tuna-2")]


def test_a_word_of_an_ability_for_oneself_is_not_it_when_it_is_done_at_somebody() -> None:
    cat = character(hp=3, abilities=(AbilityState(ability=HUM),))
    assert deeds("hum", cat=cat) == [("use_ability", "hum")]
    assert deeds("hum at mags", cat=cat) == []


@pytest.mark.parametrize("action", ["shoot it with my gun", "hit the rat with a hammer"])
def test_a_tool_that_is_not_carried_is_said_to_be_not_carried(action: str) -> None:
    (refused,) = meanings(action, encounter=rats(8))
    assert isinstance(refused, Impossible)
    assert refused.reason == "not-carried"


def test_of_two_things_of_ones_own_the_second_is_put_on() -> None:
    cat = character(inventory=(HOOD, CAP), equipment={"head": "hood-7"})
    assert deeds("swap the hood for the cap", cat=cat) == [("equip", "cap-8")]


@pytest.mark.parametrize(
    ("action", "target"),
    [
        ("hit the weak one", "rust-rat-2"),
        ("bite the one with 8", "rust-rat-1"),
        ("hit the rat with the least hp", None),
    ],
)
def test_enemies_are_told_apart_by_how_they_are(action: str, target: str | None) -> None:
    assert deeds(action, encounter=rats(8, 3)) == [("attack", target or "rust-rat-2")]


@pytest.mark.parametrize("action", ["its dead already, take the hook", "i already won, give me the hook"])
def test_a_boast_holds_up_what_follows_it(action: str) -> None:
    first, *rest = meanings(action)
    assert isinstance(first, Impossible)
    assert first.reason == "not-so"
    assert not [meaning for meaning in rest if isinstance(meaning, Deed)]


def test_a_caress_before_a_deed_is_its_manner() -> None:
    assert deeds("I rub against mags, then I hand her the tuna") == [("give", "tuna-2")]


def test_what_is_hoped_of_a_deed_is_no_deed() -> None:
    assert deeds("take the hook and see if mags shouts") == [("take", "bent-hook")]


def test_plain_imperatives_need_nothing_to_join_them() -> None:
    assert deeds("get hook buy eel go market") == [("take", "bent-hook"), ("buy", "smoked-eel"), ("move_to", "plank")]


def test_an_order_is_a_purchase_and_a_number_alone_is_asked_about() -> None:
    assert deeds("a smoked eel please") == [("buy", "smoked-eel")]
    (asked,) = meanings("two smoked eels")
    assert isinstance(asked, Ask)


def test_a_thing_used_for_a_purpose_is_what_it_is_done_with() -> None:
    (struck,) = meanings("use the knife to stab the rat", encounter=rats(8))
    assert struck == Deed("attack", {"target": "rust-rat-1", "weapon": "knife-1"})


def test_a_trifle_thrown_at_an_enemy_does_nothing() -> None:
    assert meanings("throw the tuna at the rat", encounter=rats(8)) == [Impossible("cannot", "Tin of Tuna", ("tuna",))]


def test_steps_of_several_things_are_in_the_order_of_their_positions() -> None:
    for action in ("kill them both", "sell the knife and the sparker", "take everything"):
        positions = [step.position for step in read(action, scene(encounter=rats(8, 3)), briefing())]
        assert positions == sorted(positions)


def test_a_verb_nobody_has_thought_of_is_tried_on_the_feature_it_names() -> None:
    assert deeds("defrost the crane panel") == [("try_feature", "crane-panel")]


def test_an_unknown_word_before_somebody_is_a_gesture() -> None:
    assert isinstance(meanings("glomp old mags")[0], Roleplay)
