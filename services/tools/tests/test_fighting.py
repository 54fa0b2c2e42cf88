"""Attack, defend, flee: what a blow does, and what it takes to end a fight."""

import pytest

from contracts.state import Budget
from services.tools.domain.encounter import HIDDEN
from services.tools.tests.pack import POISON
from services.tools.tests.rules_driver import (
    carrying,
    cat,
    effects,
    fight,
    intend,
    kinds,
    luck,
    on_quest,
    scene,
    suffering,
    the,
    wearing,
)


def attack(at, seed, **arguments):
    return intend("attack", at, seed=seed, **arguments)


def hits(outcome):
    return bool(effects(outcome, "damaged"))


def test_striking_enemies_that_wait_begins_a_fight_with_all_of_them():
    outcome = intend("attack", scene(), target="pier-gulls")

    encounter = the(outcome, "encounter-started").encounter
    assert (encounter.spawn, encounter.place, encounter.surprise) == ("pier-gulls", "pier", "none")
    assert [(enemy.id, enemy.name, enemy.hp) for enemy in encounter.enemies] == [
        ("gull-1", "the first Pier Gull", 7),
        ("gull-2", "the second Pier Gull", 7),
    ]
    assert [roll.purpose for roll in outcome.rolls[:4]] == ["initiative", "initiative", "initiative", "attack"]


def test_a_blow_spends_the_action_before_all_else():
    assert kinds(intend("attack", scene(encounter=fight(7, 7)), target="gull-1"))[0] == "action-spent"


def test_a_hit_is_a_roll_of_stat_against_armour_and_damage_is_weapon_plus_stat():
    character = wearing(cat(inventory=carrying("fishbone")), claws="fishbone-1")
    at = scene(character=character, encounter=fight(7, 7))
    outcome = luck(lambda seed: attack(at, seed, target="gull-2"), lambda o: o.rolls[0].outcome == "success")

    to_hit, damage = outcome.rolls
    assert (to_hit.target, to_hit.modifiers[0].name, to_hit.modifiers[0].amount) == (11, "claws", 2)
    assert (damage.count, damage.sides) == (1, 8)
    wound = the(outcome, "damaged")
    assert (wound.target, wound.amount, wound.damage_type) == ("gull-2", damage.faces[0] + 2, "pierce")


def test_a_miss_changes_nothing_but_the_action():
    at = scene(encounter=fight(7, 7))
    outcome = luck(lambda seed: attack(at, seed, target="gull-1"), lambda o: not hits(o))

    assert kinds(outcome) == ["action-spent"]


def test_a_critical_hit_throws_twice_the_dice():
    at = scene(encounter=fight(7, 7))
    outcome = luck(lambda seed: attack(at, seed, target="gull-1"), lambda o: o.rolls[0].outcome == "critical")

    assert outcome.rolls[1].count == 2


def test_resistance_halves_and_rounds_down():
    at = scene("cellar", encounter=fight(12, kind="crab"))
    outcome = luck(lambda seed: attack(at, seed, target="crab-1"), lambda o: hits(o) and o.rolls[1].total % 2)

    assert the(outcome, "damaged").amount == outcome.rolls[1].total // 2


def test_weakness_doubles():
    at = scene(character=cat(inventory=carrying("flare")), encounter=fight(40, 7))
    outcome = intend("use_item", at, item="flare", target="gull-1")

    assert the(outcome, "damaged").amount == 2 * outcome.rolls[0].total


def test_the_last_enemy_to_fall_ends_the_fight_and_pays_for_all_of_them():
    at = scene(encounter=fight(0, 1))
    outcome = luck(lambda seed: attack(at, seed, target="gull-2"), hits)

    assert the(outcome, "encounter-ended").how == "won"
    assert the(outcome, "experience-gained").amount == 30
    assert len([roll for roll in outcome.rolls if roll.purpose == "loot"]) == 2


def test_one_that_falls_among_others_pays_nothing_yet():
    at = scene(encounter=fight(1, 7))
    outcome = luck(lambda seed: attack(at, seed, target="gull-1"), hits)

    assert kinds(outcome) == ["action-spent", "damaged"]


def test_a_won_fight_counts_for_the_quest_that_wants_it_and_never_more_than_wanted():
    at = scene(encounter=fight(0, 1), quests=(on_quest("quiet-pier", "gulls", progress=1),))
    outcome = luck(lambda seed: attack(at, seed, target="gull-2"), hits)

    assert the(outcome, "quest-progressed").progress == 2


def test_loot_is_what_the_table_of_the_enemy_holds():
    at = scene(encounter=fight(1))
    outcome = luck(lambda seed: attack(at, seed, target="gull-1"), lambda o: effects(o, "item-gained"))

    assert (the(outcome, "item-gained").item.item, the(outcome, "item-gained").source) == ("cream", "gull")


def test_loot_that_cannot_be_carried_stays_where_it_fell():
    at = scene(character=cat(capacity=1, inventory=carrying("rope")), encounter=fight(1))
    outcome = luck(lambda seed: attack(at, seed, target="gull-1"), lambda o: "Pot of Cream" in "".join(o.facts))

    assert effects(outcome, "item-gained") == []


def test_a_hidden_cat_may_surprise_and_strikes_with_an_edge():
    at = scene(character=suffering(HIDDEN), derived={"exposed": -1})
    outcome = luck(
        lambda seed: attack(at, seed, target="pier-gulls"),
        lambda o: the(o, "encounter-started").encounter.surprise == "enemies",
    )

    (to_hit,) = [roll for roll in outcome.rolls if roll.purpose == "attack"]
    assert len(to_hit.faces) == 2
    assert the(outcome, "condition-lost").condition == "hidden"


def test_a_weapon_is_struck_with_from_where_it_is_worn():
    at = scene(character=cat(inventory=carrying("fishbone")))
    refusal = intend("attack", at, target="pier-gulls", weapon="fishbone").refusal

    assert (refusal.code, refusal.legal) == ("not-worn", ("equip",))


def test_a_thrown_weapon_spends_its_charge():
    at = scene(character=cat(inventory=carrying("harpoon")), encounter=fight(7, 7))

    assert the(intend("attack", at, target="gull-1", weapon="harpoon"), "charge-spent").instance == "harpoon-1"


def test_a_weapon_that_is_not_carried_is_refused_with_those_that_are():
    at = scene(character=cat(inventory=carrying("harpoon", "cream")))
    refusal = intend("attack", at, target="pier-gulls", weapon="chainsaw").refusal

    assert (refusal.code, refusal.legal) == ("no-such-weapon", ("harpoon-1",))


@pytest.mark.parametrize("target", ["gull-9", "crab", "cellar-crab", "mate", "everyone", "pier-gulls-2"])
def test_who_is_not_in_the_fight_cannot_be_struck(target):
    refusal = intend("attack", scene(encounter=fight(7, 0)), target=target).refusal

    assert (refusal.code, refusal.legal) == ("no-such-target", ("gull-1",))


@pytest.mark.parametrize("word", ["gull", "Pier Gull", "pier-gulls"])
def test_a_kind_or_a_spawn_means_the_first_of_them_that_stands(word):
    at = scene(encounter=fight(0, 40))
    outcome = luck(lambda seed: attack(at, seed, target=word), hits)

    assert the(outcome, "damaged").target == "gull-2"


def test_the_fallen_are_not_struck_again():
    assert intend("attack", scene(encounter=fight(0, 7)), target="gull-1").refusal.legal == ("gull-2",)


def test_a_spawn_that_was_beaten_is_not_there_any_more():
    assert intend("attack", scene(cleared=("pier-gulls",)), target="pier-gulls").refusal.code == "no-such-target"


def test_there_is_one_blow_a_turn():
    refusal = intend("attack", scene(encounter=fight(7), budget=Budget(action=0)), target="gull-1").refusal

    assert refusal.code == "no-action-left"


def test_a_stunned_cat_does_nothing():
    assert intend("attack", scene(derived={"can_act": False}), target="pier-gulls").refusal.code == "cannot-act"


def test_guarding_lasts_until_the_next_turn():
    gained = the(intend("defend", scene(encounter=fight(7))), "condition-gained")

    assert (gained.target, gained.condition.turns, gained.condition.armour) == ("character", 1, 2)


def test_nobody_guards_without_a_fight():
    assert intend("defend").refusal.code == "no-fight"


def test_flight_is_contested_by_the_fastest_and_leads_next_door():
    at = scene(encounter=fight(7, 7))
    outcome = luck(lambda seed: intend("flee", at, seed=seed), lambda o: effects(o, "encounter-ended"))

    theirs, ours = outcome.rolls
    assert ours.target == theirs.total
    assert kinds(outcome) == ["action-spent", "encounter-ended", "moved"]
    assert the(outcome, "moved").to.id == "shed"


def test_a_flight_cut_off_costs_the_action():
    at = scene(encounter=fight(7, 7))
    outcome = luck(lambda seed: intend("flee", at, seed=seed), lambda o: not effects(o, "moved"))

    assert kinds(outcome) == ["action-spent"]


def test_who_has_just_arrived_cannot_run_on():
    refusal = intend("flee", scene(encounter=fight(7), budget=Budget(move=0))).refusal

    assert refusal.code == "no-move-left"


def test_nobody_strolls_out_of_a_fight():
    refusal = intend("move_to", scene(encounter=fight(7)), place="shed").refusal

    assert (refusal.code, refusal.legal[0]) == ("in-encounter", "flee")


def test_when_poison_felled_the_last_the_fight_is_settled_before_anything_else():
    over = scene(encounter=fight(0, 0))

    assert intend("attack", over, target="gull-1").refusal.code == "fight-over"
    assert intend("move_to", over, place="shed").refusal.code == "fight-over"
    assert intend("take", over, find="coins").verdict == "done"


def test_conditions_of_an_enemy_move_its_armour():
    soft = POISON.model_copy(update={"armour": -3})
    at = scene(encounter=fight(7, conditions=(soft,)))

    assert intend("attack", at, target="gull-1").rolls[0].target == 8
