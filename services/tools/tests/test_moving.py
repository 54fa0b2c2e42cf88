"""Places: going, unlocking, searching, hiding, trying, taking."""

import pytest

from contracts.state import Budget
from services.tools.domain.encounter import HIDDEN
from services.tools.tests.rules_driver import carrying, cat, effects, fight, intend, kinds, luck, scene, suffering, the


@pytest.mark.parametrize("word", ["shed", "pier-shed", "The Net Shed", "the shed door"])
def test_a_place_is_reached_by_its_id_its_name_or_the_way_there(word):
    moved = the(intend("move_to", place=word), "moved")

    assert (moved.origin, moved.to.id) == ("pier", "shed")


def test_arrival_tells_the_name_of_the_place_and_nothing_of_what_is_in_it():
    assert intend("move_to", place="shed").facts == ("You come to The Net Shed.",)


def test_a_second_move_in_a_turn_is_refused():
    assert intend("move_to", scene(budget=Budget(move=0)), place="shed").refusal.code == "no-move-left"


def test_a_locked_way_is_refused_with_the_open_ones():
    refusal = intend("move_to", place="cellar").refusal

    assert (refusal.code, refusal.legal) == ("locked", ("unlock", "shed"))


def test_an_unknown_place_is_refused_with_the_ways_in_sight():
    refusal = intend("move_to", place="the moon").refusal

    assert (refusal.code, refusal.legal) == ("no-such-exit", ("shed", "cellar"))


def test_a_hidden_way_is_not_there_until_it_is_known():
    assert intend("move_to", place="loft").refusal.code == "no-such-exit"
    assert intend("move_to", scene(revealed=("loft-way",)), place="loft").verdict == "done"


def test_a_dangerous_way_is_saved_against():
    at = scene(revealed=("loft-way",))
    caught = luck(lambda s: intend("move_to", at, seed=s, place="loft"), lambda o: effects(o, "condition-gained"))
    spared = luck(lambda s: intend("move_to", at, seed=s, place="loft"), lambda o: not effects(o, "condition-gained"))

    assert caught.rolls[0].total < caught.rolls[0].target == 11
    assert spared.rolls[0].total >= 11


def test_the_right_key_needs_no_dice():
    at = scene(character=cat(inventory=carrying("brass-key")))
    outcome = intend("unlock", at, exit="pier-cellar")

    assert kinds(outcome) == ["action-spent", "exit-unlocked"]
    assert outcome.rolls == ()


def test_without_a_key_the_best_odds_are_taken():
    assert intend("unlock", exit="cellar").rolls[0].purpose == "unlocking with claws"


def test_a_lock_can_be_tried_with_a_chosen_stat():
    outcome = luck(
        lambda s: intend("unlock", seed=s, exit="cellar", approach="wits"), lambda o: effects(o, "exit-unlocked")
    )

    assert outcome.rolls[0].total >= outcome.rolls[0].target == 13


def test_a_lock_does_not_yield_to_charm():
    refusal = intend("unlock", exit="cellar", approach="purr").refusal

    assert (refusal.code, refusal.legal) == ("needs-key", ("wits", "claws"))


def test_what_is_open_is_not_unlocked():
    assert intend("unlock", exit="shed").refusal.code == "not-locked"
    assert intend("unlock", scene(unlocked=("pier-cellar",)), exit="cellar").refusal.code == "not-locked"


def test_an_unlocked_way_can_be_gone():
    assert the(intend("move_to", scene(unlocked=("pier-cellar",)), place="cellar"), "moved").to.id == "cellar"


def test_a_search_uncovers_one_hidden_thing():
    outcome = luck(lambda s: intend("search", seed=s), lambda o: o.rolls[0].outcome == "success")

    assert the(outcome, "secret-revealed").secret == "loft-way"


def test_a_critical_search_uncovers_all():
    outcome = luck(lambda s: intend("search", seed=s), lambda o: o.rolls[0].outcome == "critical")

    assert [effect.secret for effect in effects(outcome, "secret-revealed")] == ["loft-way", "loose-plank"]


def test_a_search_reads_the_same_where_nothing_is_hidden_and_where_it_failed():
    known = scene(revealed=("loft-way", "loose-plank"))
    nothing = luck(lambda s: intend("search", known, seed=s), lambda o: o.rolls[0].outcome == "success")
    failed = luck(lambda s: intend("search", seed=s), lambda o: o.rolls[0].outcome == "failure")

    assert nothing.facts[-1] == failed.facts[-1]


def test_hiding_is_a_matter_of_the_sharpest_senses_around():
    outcome = luck(lambda s: intend("hide", seed=s), lambda o: effects(o, "condition-gained"))

    assert outcome.rolls[0].target == 12
    assert the(outcome, "condition-gained").condition == HIDDEN


def test_who_is_hidden_does_not_hide_again():
    assert intend("hide", scene(character=suffering(HIDDEN))).refusal.code == "already-hidden"


def try_crate(seed, at=None):
    return intend("try_feature", at, seed=seed, feature="crate", approach="paws")


def test_a_feature_gives_its_reward_once():
    outcome = luck(try_crate, lambda o: effects(o, "feature-used"))

    assert the(outcome, "experience-gained").amount == 20
    assert the(outcome, "credits-gained").amount == 15
    assert the(outcome, "item-gained").item.item == "pearl"
    assert the(outcome, "secret-revealed").secret == "loose-plank"
    assert [e.kind for e in outcome.effects if e.kind in ("npc-met", "disposition-changed")] == [
        "npc-met",
        "disposition-changed",
    ]
    assert "The lid gives." in outcome.facts

    used = scene(used=("crate",))
    assert intend("try_feature", used, feature="crate", approach="paws").refusal.code == "used-up"


def test_a_bad_failure_has_its_mishap_and_a_near_miss_has_not():
    bad = luck(try_crate, lambda o: o.rolls[0].total <= 4 and effects(o, "condition-gained"))
    near = luck(try_crate, lambda o: o.rolls[0].outcome == "failure" and o.rolls[0].total > 4)

    assert the(bad, "condition-gained").condition.id == "splinter"
    assert len(near.rolls) == 1


def test_a_feature_yields_to_its_own_stats_only():
    refusal = intend("try_feature", feature="crate", approach="purr").refusal

    assert (refusal.code, refusal.legal) == ("wrong-approach", ("paws", "wits"))


def test_a_reward_that_cannot_be_carried_is_not_tried_for():
    full = cat(inventory=tuple(carrying("pearl")[0].model_copy(update={"id": f"pearl-{n}"}) for n in range(40)))

    assert try_crate("00" * 32, scene(character=full)).refusal.code == "bag-full"


def test_credits_that_lie_around_are_taken_once():
    assert the(intend("take", find="coins"), "credits-gained").amount == 7
    assert intend("take", scene(taken=("coins",)), find="coins").refusal.code == "no-such-find"


@pytest.mark.parametrize("word", ["ropes", "rope", "rope end"])
def test_things_that_lie_around_are_taken_together(word):
    outcome = intend("take", find=word)

    assert (the(outcome, "item-gained").item.quantity, the(outcome, "find-taken").find) == (6, "ropes")


def test_what_is_too_heavy_stays():
    laden = scene(character=cat(inventory=carrying("anchor", "rope")))

    assert intend("take", laden, find="old-anchor").refusal.code == "bag-full"


def test_what_is_hidden_cannot_be_taken():
    assert intend("take", find="under-plank").refusal.legal == ("coins", "ropes", "old-anchor")
    assert intend("take", scene(revealed=("loose-plank",)), find="under-plank").verdict == "done"


def test_taking_is_free_until_a_fight_is_on():
    assert "action-spent" not in kinds(intend("take", find="coins"))
    assert "action-spent" in kinds(intend("take", scene(encounter=fight(7)), find="coins"))
