"""Outcomes as a whole: all or nothing, lives, levels, the budget of a turn, and what parallel intents cannot do."""

from __future__ import annotations

import pytest

from contracts.effects import (
    ActionSpent,
    CampaignEnded,
    ConditionGained,
    CreditsGained,
    CreditsSpent,
    Damaged,
    EncounterEnded,
    ExperienceGained,
    Healed,
    LevelGained,
    LifeLost,
    Moved,
    NpcMet,
    Proposal,
    Rested,
    RoundPassed,
)
from contracts.state import Budget, Scene
from contracts.tools import CANNOT_ACT
from services.campaign.domain.fold import fold, fold_all
from services.campaign.tests.builders import (
    ATTIC,
    ROOF,
    a_condition,
    a_fight,
    a_rat,
    a_scene,
    apply,
    fighting,
    outcome,
    refusal,
    turn_id,
    with_state,
)

DEADLY = Damaged(target="character", amount=99, damage_type="slash", source="rat-1")
STRIKE = (ActionSpent(), Damaged(target="rat-1", amount=3, damage_type="slash", source="character"))


def on_the_roof(scene: Scene) -> Scene:
    return with_state(scene, place=ROOF, encounter=a_fight(place="roof"))


def test_an_outcome_is_applied_whole_or_not_at_all() -> None:
    scene = a_scene()

    settled, after = apply(
        scene, CreditsGained(amount=5, source="job"), ActionSpent(), CreditsSpent(amount=99, source="bar")
    )

    assert settled.refused is not None
    assert (settled.refused.effect, settled.refused.code) == ("credits-spent", "cannot-afford")
    assert after == scene


def test_nothing_happens_after_the_end_not_even_in_the_outcome_that_brought_it() -> None:
    scene = a_scene()

    settled, after = apply(scene, CampaignEnded(ending="dawn"), CreditsGained(amount=5, source="job"))

    assert settled.refused is not None
    assert settled.refused.code == "campaign-over"
    assert after == scene


def test_effects_of_one_outcome_build_on_each_other() -> None:
    _, after = apply(a_scene(), CreditsGained(amount=60, source="job"), CreditsSpent(amount=99, source="bar"))

    assert after.state.character.credits == 1


def test_what_the_rules_refused_changes_nothing_and_is_no_refusal_of_ours() -> None:
    scene = a_scene()

    settled, after = fold(scene, refusal())

    assert (settled.applied, settled.refused, after) == (False, None, scene)


def test_whoever_cannot_act_spends_the_turn_by_trying() -> None:
    settled, after = fold(a_scene(), refusal(CANNOT_ACT))

    assert not settled.applied
    assert after.state == a_scene().state
    assert after.budget == Budget(action=0, move=0, acted=True)


def test_a_deed_is_what_changes_something() -> None:
    known = with_state(a_scene(), met={"tom": 1})

    assert apply(known, NpcMet(npc="tom", disposition=1))[1].budget == Budget()
    assert apply(known, NpcMet(npc="ann", disposition=1))[1].budget == Budget(acted=True)
    assert apply(known, ActionSpent())[1].budget == Budget(action=0, acted=True)
    assert apply(known, ActionSpent(), CreditsSpent(amount=99, source="bar"))[1].budget == Budget()


def test_a_life_lost_as_time_passes_has_its_cause_and_takes_the_rest_of_the_turn() -> None:
    poisoned = a_condition("poisoned", turns=2, hp_per_turn=-20)
    cosy = a_condition("cosy", hp_per_turn=20)

    settled, after = apply(on_the_roof(a_scene(conditions=(poisoned, cosy))), RoundPassed(part="time"))

    assert settled.consequences == (LifeLost(cause="poisoned", lives_left=8, credits_lost=10),)
    assert (after.state.place, after.state.character.hp, after.state.encounter) == (ATTIC, 10, None)
    assert (after.budget.action, after.budget.move) == (0, 0)


def test_talk_without_effects_is_applied() -> None:
    settled, after = apply(a_scene())

    assert settled.applied
    assert after == a_scene()


def test_two_parallel_attacks_are_one_attack() -> None:
    settled, after = fold_all(
        fighting(), [outcome(*STRIKE, key=f"{turn_id()}/0/0"), outcome(*STRIKE, key=f"{turn_id()}/0/1")]
    )

    assert [one.applied for one in settled] == [True, False]
    assert settled[1].refused is not None
    assert settled[1].refused.code == "action-spent"
    assert after.state.encounter is not None
    assert after.state.encounter.enemies[0].hp == 3


def test_a_second_action_is_there_when_the_budget_gives_two() -> None:
    settled, _ = fold_all(fighting(budget=Budget(action=2)), [outcome(*STRIKE), outcome(*STRIKE)])

    assert [one.applied for one in settled] == [True, True]


def test_an_outcome_may_stun_the_one_who_acted() -> None:
    stunned = ConditionGained(target="character", condition=a_condition("stunned", skips_action=True))

    first, after = apply(a_scene(Budget(action=2)), stunned, ActionSpent())
    second, _ = apply(after, ActionSpent())

    assert first.applied
    assert second.refused is not None
    assert second.refused.code == "cannot-act"


def test_losing_a_life_has_its_price() -> None:
    scene = on_the_roof(a_scene(conditions=(a_condition(),), credits=43, max_hp=21))

    settled, after = apply(scene, DEADLY)

    cat = after.state.character
    assert settled.consequences == (LifeLost(cause="rat-1", lives_left=8, credits_lost=10),)
    assert (cat.lives, cat.hp, cat.credits, cat.conditions) == (8, 11, 33, ())
    assert (after.state.place, after.state.encounter) == (ATTIC, None)
    assert after.state.status == "active"


def test_dying_takes_the_rest_of_the_turn() -> None:
    _, after = apply(on_the_roof(a_scene()), DEADLY)

    assert after.budget == Budget(action=0, move=0, enemies_acted=True, acted=True)


def test_what_belongs_to_the_deadly_blow_is_still_applied_before_the_life_is_lost() -> None:
    poisoned = ConditionGained(target="character", condition=a_condition("poisoned"))

    settled, after = apply(on_the_roof(a_scene()), DEADLY, poisoned, RoundPassed())

    assert settled.applied
    assert after.state.character.lives == 8
    assert after.state.character.conditions == ()


def test_the_cause_is_the_blow_that_took_the_last_hit_point() -> None:
    fire = Damaged(target="character", amount=5, damage_type="heat", source="stove")

    settled, _ = apply(a_scene(), DEADLY, fire)

    assert settled.consequences == (LifeLost(cause="rat-1", lives_left=8, credits_lost=10),)


@pytest.mark.parametrize("help", [Healed(amount=20), Rested(full=True)])
def test_a_lost_life_cannot_be_healed_in_the_same_breath(help: Proposal) -> None:
    settled, after = apply(a_scene(), DEADLY, help)

    assert settled.refused is not None
    assert settled.refused.code == "life-lost"
    assert after == a_scene()


def test_one_life_is_lost_at_a_time() -> None:
    step = f"{turn_id()}/world/0"
    blows = [outcome(DEADLY, key=f"{step}/{n}") for n in range(3)]

    settled, after = fold_all(on_the_roof(a_scene()), blows)

    assert after.state.character.lives == 8
    assert [one.refused and one.refused.code for one in settled] == [None, "life-lost", "life-lost"]


def test_what_was_worked_out_after_a_life_was_lost_counts_again() -> None:
    first = outcome(DEADLY, key=f"{turn_id()}/0/0")
    later = outcome(CreditsGained(amount=5, source="job"), key=f"{turn_id()}/world/0/0")

    settled, after = fold_all(on_the_roof(a_scene()), [first, later])

    assert [one.applied for one in settled] == [True, True]
    assert after.state.character.credits == 35


def test_the_ninth_life_is_the_last() -> None:
    settled, after = apply(on_the_roof(a_scene(lives=1)), DEADLY)

    assert settled.consequences == (LifeLost(cause="rat-1", lives_left=0, credits_lost=10),)
    assert (after.state.status, after.state.ending) == ("ended", "nine-lives-spent")
    assert (after.state.character.hp, after.state.character.lives, after.state.place) == (0, 0, ROOF)
    assert not after.derived.can_act


def test_after_the_end_nothing_is_applied() -> None:
    _, ended = apply(a_scene(), CampaignEnded(ending="home"))

    settled, after = apply(ended, CreditsGained(amount=5, source="job"))

    assert settled.refused is not None
    assert settled.refused.code == "campaign-over"
    assert after == ended


def test_dying_at_the_moment_of_the_end_keeps_the_end() -> None:
    _, after = apply(a_scene(lives=1), DEADLY, CampaignEnded(ending="home"))

    assert after.state.ending == "home"


def test_a_level_gained_with_the_last_breath_does_not_save_a_life() -> None:
    settled, after = apply(on_the_roof(a_scene()), DEADLY, ExperienceGained(amount=100, source="rat"))

    assert [one.kind for one in settled.consequences] == ["level-gained", "life-lost"]
    assert (after.state.character.lives, after.state.character.hp) == (8, 12)


def test_a_level_gained_with_the_very_last_breath_brings_nobody_back() -> None:
    _, after = apply(a_scene(lives=1), DEADLY, ExperienceGained(amount=100, source="rat"))

    assert (after.state.character.level, after.state.character.hp) == (2, 0)


def test_several_levels_at_once_are_told_once() -> None:
    settled, after = apply(a_scene(), ExperienceGained(amount=9999, source="dragon"))

    assert settled.consequences == (LevelGained(level=10, hp_gained=36),)
    assert (after.state.character.choices, after.derived.next_level_xp) == (9, None)


def test_figures_follow_the_state() -> None:
    soaked = a_condition("soaked", armour=-2, modifiers={"paws": -1}, edge=-1, exposed=1)
    lucky = a_condition("lucky", edge=1)

    _, after = apply(
        a_scene(),
        ConditionGained(target="character", condition=soaked),
        ConditionGained(target="character", condition=lucky),
    )

    derived = after.derived
    assert (derived.armour, derived.stats["paws"], derived.stats["claws"]) == (10, 0, 3)
    assert (derived.edge, derived.exposed, derived.load) == (0, 1, 4)


def test_an_enemy_that_is_down_suffers_nothing_any_more() -> None:
    _, after = apply(fighting(a_rat(1, hp=2, conditions=(a_condition("burning"),))), *STRIKE)

    assert after.state.encounter is not None
    assert after.state.encounter.enemies[0].conditions == ()


def test_ways_are_drawn_on_the_map_once_however_often_they_are_seen() -> None:
    scene = a_scene()
    for origin, to in (("attic", ROOF), ("roof", ATTIC), ("attic", ROOF)):
        _, after = apply(scene, Moved(origin=origin, to=to, exits=(ATTIC,) if to == ROOF else (ROOF,)))
        scene = after.model_copy(update={"budget": Budget()})

    assert [(place.id, [way.id for way in place.exits]) for place in scene.state.places] == [
        ("attic", ["roof"]),
        ("roof", ["attic"]),
    ]


def test_a_fight_can_be_won_in_the_outcome_that_fells_the_last_enemy() -> None:
    settled, after = apply(
        fighting(a_rat(1, hp=2)),
        *STRIKE,
        ExperienceGained(amount=10, source="rat-1"),
        EncounterEnded(how="won"),
    )

    assert settled.applied
    assert after.state.cleared == ("rats-in-attic",)
    assert after.state.defeated == {"rat": 1}
