"""Questions about shelves, purses, fights and people are answered to the point, and it is so by the state."""

from __future__ import annotations

import re

import pytest

from contracts.dm import InvokeDungeonMaster
from ninelives.evaluation.understanding.situations import recipes, setting
from services.dm.domain.reading import Answer, Deed, read
from services.dm.domain.understudy.narrator.grammar import bare, the
from services.dm.domain.understudy.narrator.narrate import tell as narrate
from services.dm.tests.test_answers import request_in
from services.dm.tests.test_narrated_truth import says
from services.dm.tests.test_points import ask

EVERYWHERE = tuple(recipes())


def request_of(situation: str) -> InvokeDungeonMaster:
    return request_in(setting(situation))


def first_sentence(told: str) -> str:
    return re.split(r"(?<=[.?!]) ", told)[0]


# Shelves and purses.


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_the_cheapest_and_the_dearest_are_those_of_the_shelf(situation: str) -> None:
    request = request_of(situation)
    prices = [ware.price for ware in request.briefing.wares if ware.left]
    for word, pick in (("cheapest", min), ("most expensive", max)):
        told = ask(request, "wares", f"how much is the {word} thing here")
        assert (f"{pick(prices)} credits" in first_sentence(told)) if prices else not says(told, "cheapest")


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_a_thing_is_told_to_be_affordable_by_the_purse(situation: str) -> None:
    request = request_of(situation)
    credits = request.scene.state.character.credits
    for ware in (ware for ware in request.briefing.wares if ware.left):
        told = ask(request, "price", f"can i afford the {ware.name.lower()}", ware.id)
        assert says(told, "affords") == (ware.price <= credits), told
        assert says(told, "affords-not") == (ware.price > credits), told


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_all_that_is_told_to_be_within_the_purse_is(situation: str) -> None:
    request = request_of(situation)
    told = first_sentence(ask(request, "wares", "what can i afford here"))
    credits = request.scene.state.character.credits
    assert all(int(price) <= credits for price in re.findall(r"for (\d+) credits", told)), told


def test_several_things_are_paid_together() -> None:
    request = request_of("pier-shop")
    wares = [ware for ware in request.briefing.wares if ware.left][:2]
    names = " and the ".join(ware.name.lower() for ware in wares)

    told = ask(request, "price", f"can i afford the {names}")

    assert str(sum(ware.price for ware in wares)) in first_sentence(told)


def test_a_purchase_leaves_the_rest_of_the_purse() -> None:
    request = request_of("pier-shop")
    ware = min((ware for ware in request.briefing.wares if ware.left), key=lambda ware: ware.price)
    left = request.scene.state.character.credits - ware.price

    assert str(left) in first_sentence(ask(request, "money", f"how much is left if i buy the {ware.name.lower()}"))


def test_of_a_kind_that_no_shelf_has_it_is_said_first() -> None:
    assert says(first_sentence(ask(request_of("returns-desk"), "wares", "got anything for energy")), "wares-none-fit")


def test_things_for_sale_are_compared_by_their_labels() -> None:
    told = ask(request_of("pier-shop"), "does", "which is better the eel prod or the lock fiddle", "eel-prod")

    assert "Eel Prod" in told
    assert "Lock Fiddle" in told


# Fights.


@pytest.mark.parametrize("situation", [each for each in EVERYWHERE if setting(each).scene.state.encounter])
def test_of_a_fight_that_goes_on_the_dice_decide_and_both_sides_are_told(situation: str) -> None:
    request = request_of(situation)
    cat = request.scene.state.character
    told = ask(request, "enemies", "can i win this")

    assert says(told, "odds")
    assert f"{cat.hp} of {cat.max_hp}" in told


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_the_best_blow_is_in_hand_or_ready(situation: str) -> None:
    request = request_of(situation)
    cat = request.scene.state.character
    told = first_sentence(ask(request, "self", "what is my best attack"))
    worn = [the(item.name) for item in cat.inventory if item.damage and item.id in cat.equipment.values()]
    named = [*worn, *(each.ability.name for each in cat.abilities if not each.ready_in and each.charges != 0)]

    assert not says(told, "best-blow") or any(name in told for name in named), told


def test_the_worst_off_of_several_is_the_one_that_is_most_hurt() -> None:
    assert "second Static Moth" in first_sentence(ask(request_of("garden-moths"), "enemies", "which one is weaker"))
    assert says(ask(request_of("alley-bunnies"), "enemies", "which one is weaker"), "foes-alike")


def test_outside_of_a_fight_nobody_is_told_whose_turn_it_is() -> None:
    assert says(ask(request_of("alley-bunnies"), "rules", "who goes first"), "turn-is-yours")
    assert not says(ask(request_of("market-morning"), "rules", "who goes first"), "turn-is-yours")


def test_how_a_fight_stands_is_told_once() -> None:
    told = ask(request_of("chute-fight"), "enemies", "can i win this")

    assert told.count("badly hurt") == 1


@pytest.mark.parametrize("typed", ["how do you hurt an ad", "what would you do", "how do you beat a wisp"])
def test_a_question_to_nobody_by_name_costs_no_round(typed: str) -> None:
    request = request_of("row-wisp")

    steps = read(typed, request.scene, request.briefing, request.history)
    assert not any(isinstance(step.meaning, Deed) for step in steps)


def test_whoever_is_called_in_a_fight_is_spoken_to() -> None:
    request = request_of("row-wisp")
    meant = read("Doc, how do I hurt it?", request.scene, request.briefing, request.history)[0].meaning

    assert isinstance(meant, Deed)
    assert meant.arguments["npc"] == "doc-solder"


def test_an_enemy_is_looked_at_once_in_a_story() -> None:
    spoken = (Answer("enemies"), Answer("examine", "adware-wisp-1"))

    assert narrate(request_of("row-wisp"), spoken).count("badly hurt") == 1


# Ways.


def test_a_way_that_stays_shut_is_told_with_what_is_to_be_done() -> None:
    told = ask(request_of("drip-hatch"), "recap", "why will it not open")

    assert "locked" in first_sentence(told)
    assert "Sluice Wheel" in told


# People.


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_whoever_would_speak_of_something_is_named_and_nobody_else(situation: str) -> None:
    request = request_of(situation)
    for person in request.briefing.npcs:
        for topic in person.topics:
            told = ask(request, "people", f"who knows about {topic.name.lower()}")
            assert f"{person.name} about {topic.name}" in told or f"{person.name} would talk about {topic.name}" in told


def test_who_is_not_known_to_know_is_told_not_to_and_who_would_is_named() -> None:
    told = ask(request_of("market-morning"), "topics", "does mondo know anything about the noise", "mondo-flake")

    assert says(told, "knows-not")
    assert "Pib" in told


def test_who_was_spoken_with_last_is_named() -> None:
    assert "Auntie Bellows" in ask(request_of("laundry-tired"), "recap", "who was that i just talked to")


def test_why_something_is_so_is_told_only_where_somebody_told_it() -> None:
    assert says(ask(request_of("chute-fight"), "rules", "why is it fighting me"), "reason")
    assert "fed it an order" in ask(request_of("chute-fight"), "rules", "why is it fighting me")


@pytest.mark.parametrize("words", ["who stole the lens", "who wrote it", "who turned the valve"])
def test_who_did_something_is_not_made_up(words: str) -> None:
    assert says(ask(request_of("market-morning"), "people", words), "doer-unknown")


# Oneself.


def test_a_stat_is_told_with_what_goes_by_it() -> None:
    told = ask(request_of("row-levelup"), "inventory", "is wits useful")

    assert says(told, "stat")
    assert "Hiss-Stick" in told


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_choices_are_told_where_there_are_any(situation: str) -> None:
    request = request_of(situation)
    told = ask(request, "level", "what should i level")

    assert says(told, "choices") == bool(request.scene.state.character.choices), told


def test_a_condition_that_an_ability_gives_is_told() -> None:
    assert "armour" in first_sentence(ask(request_of("alley-bunnies"), "rules", "what does bristling do"))


def test_how_something_is_done_is_told_in_words_that_do_it() -> None:
    request = request_of("returns-desk")
    told = ask(request, "help", "how do i try the pneumatic archive")
    typed = re.search(r"“(.+?)”", told)

    assert typed
    meant = read(typed[1], request.scene, request.briefing)[0].meaning
    assert isinstance(meant, Deed)
    assert meant.tool == "try_feature"


@pytest.mark.parametrize("situation", EVERYWHERE)
def test_quests_are_counted_as_they_run(situation: str) -> None:
    request = request_of(situation)
    running = [quest for quest in request.scene.state.quests if quest.status == "active"]
    told = ask(request, "quests", "how many quests am i on")

    assert says(told, "quest-count") == bool(running)
    assert all(bare(quest.name) in told for quest in running)


@pytest.mark.parametrize("besides", ["options", "quests"])
def test_what_was_told_in_this_story_is_not_denied_in_it(besides: str) -> None:
    spoken = (Answer("next-step"), Answer(besides))

    assert not says(narrate(request_of("listen-stage"), spoken), "could-nothing", "quests-none", "quests-none-left")
