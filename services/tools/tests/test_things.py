"""Things: using, wearing, dropping, buying, selling; and resting."""

import pytest

from services.tools.tests.pack import POISON
from services.tools.tests.rules_driver import (
    carrying,
    cat,
    effects,
    fight,
    intend,
    kinds,
    on_quest,
    scene,
    suffering,
    the,
    wearing,
)


def owning(*things, **changes):
    return scene(character=cat(inventory=carrying(*things), **changes))


def test_a_consumable_is_gone_when_it_has_done_its_good():
    outcome = intend("use_item", owning("cream", hp=1), item="cream")

    assert the(outcome, "item-lost").instance == "cream-1"
    assert the(outcome, "healed").amount == outcome.rolls[0].total


def test_nobody_is_healed_beyond_being_whole():
    outcome = intend("use_item", owning("cream", hp=17), item="cream")

    assert the(outcome, "healed").amount == 1


def test_nothing_is_used_for_nothing():
    outcome = intend("use_item", owning("cream", hp=18), item="cream")

    assert outcome.refusal.code == "no-need"


def test_a_cure_takes_the_condition_off():
    poisoned = scene(character=suffering(POISON, hp=18, inventory=carrying("cream")))

    assert the(intend("use_item", poisoned, item="cream"), "condition-lost").condition == "poisoned"


def test_a_thing_with_charges_loses_one():
    outcome = intend("use_item", owning("whistle"), item="whistle-1")

    assert the(outcome, "charge-spent").instance == "whistle-1"
    assert the(outcome, "condition-gained").condition.id == "brave"
    assert the(outcome, "energy-restored").amount <= 2
    assert effects(outcome, "item-lost") == []


def test_an_empty_thing_does_nothing():
    empty = cat(inventory=tuple(one.model_copy(update={"charges": 0}) for one in carrying("whistle")))

    assert intend("use_item", scene(character=empty), item="whistle").refusal.code == "spent"


def test_a_thing_that_harms_begins_a_fight_and_always_lands():
    outcome = intend("use_item", owning("flare"), item="flare")

    assert kinds(outcome)[:4] == ["action-spent", "item-lost", "encounter-started", "damaged"]


def test_with_two_to_choose_from_a_target_must_be_named():
    at = scene(character=cat(inventory=carrying("flare")), encounter=fight(7, 7))

    assert intend("use_item", at, item="flare").refusal.legal == ("gull-1", "gull-2")


def test_a_fallen_enemy_is_not_afflicted_as_well():
    at = scene(character=cat(inventory=carrying("flare")), encounter=fight(1, 7))
    outcome = intend("use_item", at, item="flare", target="gull-1")

    assert effects(outcome, "condition-gained") == []
    assert [roll.purpose for roll in outcome.rolls] == ["damage"]


def test_what_has_no_use_is_refused_with_what_has():
    refusal = intend("use_item", owning("pearl", "cream"), item="pearl").refusal

    assert (refusal.code, refusal.legal) == ("no-use", ("cream-2",))


def test_a_thing_is_put_on_where_it_belongs():
    assert the(intend("equip", owning("vest"), item="vest"), "item-equipped").slot == "body"


def test_a_thing_without_a_slot_is_not_worn():
    assert intend("equip", owning("cream"), item="cream").refusal.code == "no-slot"


def test_what_is_worn_is_not_put_on_again():
    at = scene(character=wearing(cat(inventory=carrying("vest")), body="vest-1"))

    assert intend("equip", at, item="vest").refusal.code == "already-worn"


def test_what_is_worn_comes_off():
    at = scene(character=wearing(cat(inventory=carrying("vest")), body="vest-1"))

    assert the(intend("unequip", at, slot="body"), "item-unequipped").slot == "body"
    assert intend("unequip", at, slot="tail").refusal.legal == ("body",)


def test_a_thing_can_be_left_behind():
    assert the(intend("drop", owning("rope"), item="rope"), "item-lost").instance == "rope-1"


@pytest.mark.parametrize("tool", ["drop", "sell"])
def test_what_a_quest_wants_is_kept(tool):
    at = owning("herring").model_copy(update={})
    at = at.model_copy(update={"state": at.state.model_copy(update={"quests": (on_quest("late-supper", "deliver"),)})})

    assert intend(tool, at, item="herring").refusal.code == "promised"


def test_a_key_is_never_thrown_away():
    assert intend("drop", owning("brass-key"), item="brass-key").refusal.code == "needed"


def test_a_ware_costs_its_price_and_leaves_the_shelf():
    outcome = intend("buy", item="cream")

    assert (the(outcome, "credits-spent").amount, the(outcome, "credits-spent").source) == (9, "stall")
    assert (the(outcome, "stock-taken").stocked, the(outcome, "item-gained").item.item) == (2, "cream")


def test_an_empty_shelf_sells_nothing():
    refusal = intend("buy", scene(sold={"stall/cream": 2}), item="cream").refusal

    assert (refusal.code, refusal.legal) == ("sold-out", ("vest", "anchor"))


def test_a_thin_purse_buys_nothing_dear():
    refusal = intend("buy", scene(character=cat(credits=10)), item="vest").refusal

    assert (refusal.code, refusal.legal) == ("too-dear", ("cream",))


def test_a_full_bag_buys_nothing_heavy():
    at = scene(character=cat(capacity=9))

    assert intend("buy", at, item="anchor").refusal.code == "bag-full"


def test_there_is_no_trade_without_a_shop():
    assert intend("buy", scene("shed"), item="cream").refusal.code == "no-shop"


def test_a_keeper_who_hates_the_cat_does_not_trade():
    assert intend("buy", scene(met={"mate": -3}), item="cream").refusal.code == "unwelcome"


def test_a_shop_pays_its_share_of_the_value():
    assert the(intend("sell", owning("pearl"), item="pearl"), "credits-gained").amount == 20


def test_a_shop_never_pays_more_than_it_asks_itself():
    at = scene(character=cat(inventory=carrying("anchor")))

    assert the(intend("sell", at, item="anchor"), "credits-gained").amount == 11


def test_what_is_worn_is_not_sold():
    at = scene(character=wearing(cat(inventory=carrying("vest")), body="vest-1"))

    assert intend("sell", at, item="vest").refusal.code == "worn"


def test_a_key_is_worth_nothing_to_a_shop():
    refusal = intend("sell", owning("brass-key", "rope"), item="brass-key").refusal

    assert (refusal.code, refusal.legal) == ("worthless", ("rope-2",))


def test_rest_in_a_safe_place_is_full_and_in_a_quiet_one_half():
    gone = scene(cleared=("pier-gulls",))

    assert the(intend("rest", scene("shed")), "rested").full is True
    assert the(intend("rest", gone), "rested").full is False


def test_between_two_rests_some_turns_must_pass():
    tiring = the(intend("rest", scene("shed")), "condition-gained").condition

    assert tiring.turns == 8
    assert intend("rest", scene("shed", character=suffering(tiring))).refusal.code == "not-tired"


def test_a_short_rest_lets_one_rest_again_sooner():
    assert the(intend("rest", scene()), "condition-gained").condition.turns == 4


def test_nobody_rests_in_danger_in_a_fight_or_for_nothing():
    whole = cat(hp=18, energy=8)

    assert intend("rest", scene("cellar")).refusal.code == "not-safe"
    assert intend("rest", scene(encounter=fight(7))).refusal.code == "in-encounter"
    assert intend("rest", scene("shed", character=whole)).refusal.code == "no-need"
