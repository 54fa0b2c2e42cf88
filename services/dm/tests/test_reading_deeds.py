"""Reading by affordance: what is done, in people's words, in a scene where it can be done."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.lore import Thing
from services.dm.domain.reading import Ask, Deed, Impossible, Meaning, Roleplay, read
from services.dm.domain.reading.objects import meaningful
from services.dm.tests.builders import SPARKER, briefing, character, rats, scene

LYING_TUNA = Thing(id="crate-tuna", name="Tin of Tuna", description="Nobody is looking.")


def meanings(action: str, **changes: Any) -> list[Meaning]:
    return [step.meaning for step in read(action, scene(**changes), briefing())]


def deeds(action: str, **changes: Any) -> list[tuple[str, dict[str, str | None]]]:
    return [(m.tool, dict(m.arguments)) for m in meanings(action, **changes) if isinstance(m, Deed)]


def refusals(action: str, **changes: Any) -> list[tuple[str, str]]:
    return [(m.reason, m.looked_for) for m in meanings(action, **changes) if isinstance(m, Impossible)]


@pytest.mark.parametrize(
    ("action", "tool", "arguments"),
    [
        ("I attack the rat", "attack", {"target": "rats", "weapon": None}),
        ("pouncing on the rust rats!", "attack", {"target": "rats", "weapon": None}),
        ("I slash at the rodent with my can knife", "attack", {"target": "rats", "weapon": "knife-1"}),
        ("attak the rst rat", "attack", {"target": "rats", "weapon": None}),
        ("take out the rat", "attack", {"target": "rats", "weapon": None}),
        ("use static burst on the rat", "use_ability", {"ability": "static-burst", "target": "rats"}),
        ("throw the sparker at the rats", "use_item", {"item": "sparker-4", "target": "rats"}),
        ("put the knife on", "equip", {"item": "knife-1"}),
        ("take off my coat", "unequip", {"slot": "body"}),
        ("take my jacket off", "unequip", {"slot": "body"}),
        ("drop the knife", "drop", {"item": "knife-1"}),
        ("pick up the hook", "take", {"find": "bent-hook"}),
        ("pick the hook up please", "take", {"find": "bent-hook"}),
        ("hack the crane panel", "try_feature", {"feature": "crane-panel", "approach": "wits"}),
        ("smash the panel", "try_feature", {"feature": "crane-panel", "approach": "claws"}),
        ("pray at the shrine", "try_feature", {"feature": "bait-shrine", "approach": "purr"}),
        ("look for anything hidden", "search", {}),
        ("I hide", "hide", {}),
        ("go to the Tin Market", "move_to", {"place": "plank"}),
        ("let's head over to that market", "move_to", {"place": "plank"}),
        ("cross the wet plank", "move_to", {"place": "plank"}),
        ("open the gate", "unlock", {"exit": "iron-gate", "approach": None}),
        ("force the iron gate open", "unlock", {"exit": "iron-gate", "approach": "claws"}),
        ("I talk to Old Mags", "talk", {"npc": "old-mags", "topic": None}),
        ("ask the fishmonger about the gate", "talk", {"npc": "old-mags", "topic": "the-gate"}),
        ("Mags, tell me about the rats", "talk", {"npc": "old-mags", "topic": "the-rats"}),
        ('"What is behind the gate?" I ask Mags', "talk", {"npc": "old-mags", "topic": "the-gate"}),
        ("I flatter Mags", "persuade", {"npc": "old-mags", "approach": "flatter"}),
        ("tell mags her stall is magnificent", "persuade", {"npc": "old-mags", "approach": "flatter"}),
        ("threaten the fishmonger", "persuade", {"npc": "old-mags", "approach": "threaten"}),
        ("haggle with her", "persuade", {"npc": "old-mags", "approach": "reason"}),
        ("give the tuna to Mags", "give", {"item": "tuna-2", "npc": "old-mags"}),
        ("give mags a tin", "give", {"item": "tuna-2", "npc": "old-mags"}),
        ("buy the eel", "buy", {"item": "smoked-eel"}),
        ("I'll take the smoked eel", "buy", {"item": "smoked-eel"}),
        ("buy the cheapest thing", "buy", {"item": "smoked-eel"}),
        ("sell my knife", "sell", {"item": "knife-1"}),
        ("accept the job", "accept_quest", {"quest": "gull-tax"}),
        ("ok i'll do it", "accept_quest", {"quest": "gull-tax"}),
    ],
)
def test_a_deed_is_read_from_its_verb_and_its_object(action: str, tool: str, arguments: dict[str, str | None]) -> None:
    assert deeds(action) == [(tool, arguments)]


@pytest.mark.parametrize(
    ("action", "tool", "arguments"),
    [
        ("hit the second rat", "attack", {"target": "rust-rat-2", "weapon": None}),
        ("slash rat 2", "attack", {"target": "rust-rat-2", "weapon": None}),
        ("attack the weakest", "attack", {"target": "rust-rat-2", "weapon": None}),
        ("bite the healthy one", "attack", {"target": "rust-rat-1", "weapon": None}),
        ("finish off the knackered one", "attack", {"target": "rust-rat-2", "weapon": None}),
        ("smack whichever git is weaker", "attack", {"target": "rust-rat-2", "weapon": None}),
        ("run away!", "flee", {}),
        ("leg it", "flee", {}),
        ("make a break for it", "flee", {}),
        ("take cover", "defend", {}),
        ("static burst on the first one", "use_ability", {"ability": "static-burst", "target": "rust-rat-1"}),
        ("blink step", "use_ability", {"ability": "blink-step", "target": None}),
        ("chuck the sparker at the second", "use_item", {"item": "sparker-4", "target": "rust-rat-2"}),
        ("eat the tuna", "use_item", {"item": "tuna-2", "target": None}),
    ],
)
def test_in_a_fight_ordinals_and_states_tell_enemies_apart(
    action: str, tool: str, arguments: dict[str, str | None]
) -> None:
    assert deeds(action, encounter=rats(8, 3)) == [(tool, arguments)]


def test_several_clauses_are_read_in_order() -> None:
    assert deeds("grab the hook, then talk to mags and go to the market") == [
        ("take", {"find": "bent-hook"}),
        ("talk", {"npc": "old-mags", "topic": None}),
        ("move_to", {"place": "plank"}),
    ]


def test_somebody_a_deed_is_done_to_is_not_somebody_addressed() -> None:
    assert deeds("lie to mags, then take the hook") == [
        ("persuade", {"npc": "old-mags", "approach": "lie"}),
        ("take", {"find": "bent-hook"}),
    ]


def test_a_pronoun_means_what_was_just_spoken_of() -> None:
    assert deeds("look at the tuna and eat it") == [("use_item", {"item": "tuna-2", "target": None})]


def test_all_of_them_are_all_of_them() -> None:
    assert deeds("kill them both", encounter=rats(8, 8)) == [
        ("attack", {"target": "rust-rat-1", "weapon": None}),
        ("attack", {"target": "rust-rat-2", "weapon": None}),
    ]


@pytest.mark.parametrize(
    "action", ["grab whatever is lying around", "take anything useful", "pick up whatever I can find"]
)
def test_whatever_there_is_is_all_that_lies_here(action: str) -> None:
    assert deeds(action) == [("take", {"find": "bent-hook"})]


@pytest.mark.parametrize(
    ("said", "named"),
    [("whether I can have it back", ("whether", "have")), ("can you open the can", ("open", "can"))],
)
def test_a_can_beside_whoever_can_is_no_tin(said: str, named: tuple[str, ...]) -> None:
    assert meaningful(said.lower().split()) == named


def test_whichever_is_nearer_is_one_of_them_and_no_name() -> None:
    assert deeds("hit whichever one is closest", encounter=rats(8, 8)) == [
        ("attack", {"target": "rust-rat-1", "weapon": None})
    ]


def test_ones_best_attack_is_an_ability_that_strikes() -> None:
    assert deeds("use my best attack on the second one", encounter=rats(8, 8)) == [
        ("use_ability", {"ability": "static-burst", "target": "rust-rat-2"})
    ]


def test_two_readings_alike_near_are_put_to_the_player() -> None:
    (asked,) = meanings("attack the rat", encounter=rats(8, 8))
    assert isinstance(asked, Ask)
    assert [option.arguments["target"] for option in asked.options] == ["rust-rat-1", "rust-rat-2"]


@pytest.mark.parametrize(
    ("action", "reason", "looked_for"),
    [
        ("attack the walrus", "not-here", "walrus"),
        ("kill mags", "cannot", "Old Mags"),
        ("buy the torn net", "no-money", "Torn Net"),
        ("buy a banana", "not-sold", "banana"),
        ("drop the anchor", "not-carried", "anchor"),
        ("go through the iron gate", "locked", "Iron Gate"),
        ("wear the rain coat", "already", "Rain Coat"),
        ("the gate opens by itself", "not-so", "the gate opens by itself"),
        ("Mags gives me 500 credits", "not-so", "mags gives me 500 credits"),
        ("I have a bazooka", "not-so", "bazooka"),
    ],
)
def test_a_refusal_names_what_was_looked_for(action: str, reason: str, looked_for: str) -> None:
    assert refusals(action) == [(reason, looked_for)]
    assert deeds(action) == []


def test_a_refusal_says_what_is_like_it_here() -> None:
    (refused,) = meanings("buy a banana")
    assert isinstance(refused, Impossible)
    assert refused.near == ("smoked-eel", "net")


@pytest.mark.parametrize(
    "action",
    [
        "don't attack the rat",
        "I will not go to the market",
        "never mind",
        "lick my paw",
        "lie in the sun",
        "arch my eyebrows",
        "should I attack the rat?",
        "can I attack the rat?",
        "if mags is asleep, take the hook",
        "the rat dies",
        "scratch the rat's name into the wall?",
    ],
)
def test_nothing_is_done_that_was_not_asked_for(action: str) -> None:
    assert deeds(action) == []


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    assert deeds("talk to mags. no wait, pick up the hook") == [("take", {"find": "bent-hook"})]


def test_what_follows_the_impossible_waits() -> None:
    assert meanings("fly to the moon and then go to the market")[1] == Roleplay("later", "go to the market")


def test_a_level_is_spent_on_what_is_named() -> None:
    assert deeds("put it in wits", cat=character(choices=1)) == [("level_up", {"stat": "wits", "ability": None})]
    assert refusals("level up wits") == [("not-now", "wits")]


def test_what_lies_here_is_taken_before_it_is_used() -> None:
    steps = read("pick up the hook and put it on", scene(), briefing())
    assert steps[0].meaning == Deed("take", {"find": "bent-hook"})


def test_what_was_taken_is_not_used_as_well_when_the_action_is_read_again() -> None:
    """The thing is carried by then, and "take" may mean to eat."""
    first = read("take the tuna", scene(cat=character(inventory=())), briefing(finds=(LYING_TUNA,)))
    again = read("take the tuna", scene(cat=character(hp=3)), briefing(finds=()))
    assert [step.meaning for step in first] == [Deed("take", {"find": "crate-tuna"})]
    assert max(step.position for step in again) <= first[0].position


def test_what_is_drunk_after_it_was_taken_keeps_its_place() -> None:
    first = read("eat the tuna", scene(cat=character(inventory=(), hp=3)), briefing(finds=(LYING_TUNA,)))
    again = read("eat the tuna", scene(cat=character(hp=3)), briefing(finds=()))
    assert [step.position for step in first] == [0, 1]
    assert [step.position for step in again] == [1]


def test_what_is_left_of_a_list_keeps_its_place() -> None:
    whole = read("sell the knife and the sparker", scene(), briefing())
    rest = read("sell the knife and the sparker", scene(cat=character(inventory=(SPARKER,))), briefing())
    assert [step.position for step in rest] == [step.position for step in whole if "sparker" in str(step.meaning)]


def test_positions_of_clauses_are_the_same_when_the_scene_has_changed() -> None:
    action = "take the hook then go to the market"
    before = {step.text: step.position for step in read(action, scene(), briefing())}
    after = {step.text: step.position for step in read(action, scene(), briefing(finds=()))}
    assert before == after
