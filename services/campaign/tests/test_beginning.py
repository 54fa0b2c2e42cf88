"""The beginning of turns before time passed in the world's answer, and what runs by itself, then as now."""

from __future__ import annotations

from contracts.effects import LifeLost, RoundPassed, TurnBegan
from contracts.state import AbilityState
from services.campaign.domain.beginning import begin
from services.campaign.domain.turn import play_out
from services.campaign.tests.builders import (
    HISS,
    ROOF,
    a_condition,
    a_fight,
    a_rat,
    a_scene,
    fighting,
    outcome,
    with_state,
)


def test_a_condition_takes_its_toll_and_counts_down() -> None:
    state = a_scene(conditions=(a_condition("poisoned", turns=2, hp_per_turn=-3),)).state

    scene, opening = begin(state)

    assert opening == (TurnBegan(),)
    assert scene.state.character.hp == 17
    assert [(one.id, one.turns) for one in scene.state.character.conditions] == [("poisoned", 1)]


def test_a_condition_of_one_turn_is_gone_at_the_next() -> None:
    scene, _ = begin(a_scene(conditions=(a_condition("guarding", turns=1, armour=2),)).state)

    assert scene.state.character.conditions == ()
    assert scene.derived.armour == 12


def test_healing_stops_at_the_maximum() -> None:
    scene, _ = begin(a_scene(hp=19, conditions=(a_condition("cosy", hp_per_turn=5),)).state)

    assert scene.state.character.hp == 20


def test_who_falls_to_one_condition_is_not_saved_by_the_next() -> None:
    deadly, cosy = a_condition("poisoned", hp_per_turn=-20), a_condition("cosy", hp_per_turn=20)

    _, opening = begin(a_scene(conditions=(deadly, cosy)).state)

    assert [one.cause for one in opening if isinstance(one, LifeLost)] == ["poisoned"]


def test_cooldowns_run_down_to_ready() -> None:
    scene, _ = begin(a_scene(abilities=(AbilityState(ability=HISS, ready_in=1), AbilityState(ability=HISS))).state)

    assert [known.ready_in for known in scene.state.character.abilities] == [0, 0]


def test_enemies_suffer_their_conditions_too() -> None:
    burning = a_condition("burning", turns=2, hp_per_turn=-4)

    scene, _ = begin(fighting(a_rat(1, conditions=(burning,)), a_rat(2)).state)

    assert scene.state.encounter is not None
    hurt, well = scene.state.encounter.enemies
    assert (hurt.hp, hurt.conditions[0].turns, well.hp) == (2, 1, 6)


def test_an_enemy_that_burns_down_counts_as_defeated() -> None:
    burning = a_condition("burning", turns=2, hp_per_turn=-9)

    scene, _ = begin(fighting(a_rat(1, conditions=(burning,))).state)

    assert scene.state.defeated == {"rat": 1}


def test_a_turn_begun_by_dying_is_played_from_the_haven_with_all_its_budget() -> None:
    poisoned = a_condition("poisoned", turns=2, hp_per_turn=-20)
    state = with_state(a_scene(conditions=(poisoned,)), place=ROOF, encounter=a_fight(place="roof")).state

    scene, opening = begin(state)

    assert opening == (TurnBegan(), LifeLost(cause="poisoned", lives_left=8, credits_lost=10))
    assert (scene.state.place.id, scene.state.character.hp, scene.state.encounter) == ("attic", 10, None)
    assert (scene.budget.action, scene.budget.move) == (1, 1)


def test_a_turn_ticks_once_however_many_rounds_it_has() -> None:
    state = a_scene(conditions=(a_condition("poisoned", turns=3, hp_per_turn=-1),)).state

    played = play_out(state, [outcome(RoundPassed(part="time"), key=f"t/world/{round}/0") for round in range(4)])

    assert [one.applied for one in played.settled] == [True, False, False, False]
    assert played.state.character.hp == 19
    assert (played.state.turn, played.state.version) == (1, 2)
