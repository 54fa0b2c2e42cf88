"""The world answers a deed: enemies act, hostile ones attack, quests are paid, time passes."""

import pytest
from hypothesis import given

from contracts.canon import Condition
from contracts.state import AbilityState, Budget
from services.tools.domain.encounter import HIDDEN
from services.tools.domain.world import play
from services.tools.tests.pack import ABILITIES, POISON, STUN, canon_at
from services.tools.tests.rules_driver import (
    carrying,
    cat,
    chart,
    done_quest,
    effects,
    fight,
    kinds,
    luck,
    on_quest,
    scene,
    suffering,
    the,
    world,
)
from services.tools.tests.strategies import SCENES, SEEDS

QUIET = {"cleared": ("pier-gulls", "cellar-crab")}


def names(outcomes):
    return [outcome.call.name for outcome in outcomes]


def all_kinds(outcomes):
    return [kind for outcome in outcomes for kind in kinds(outcome)]


def test_nothing_happens_where_nothing_is_going_on():
    assert world(scene(**QUIET)) == ()


def test_the_ways_out_of_a_new_place_are_drawn_on_the_map_once():
    [survey] = world(scene(places=(), **QUIET))

    assert names([survey]) == ["survey"]
    [drawn] = survey.effects
    assert {way.id for way in drawn.exits} == {way.id for way in chart("pier").exits}
    assert world(scene(places=(chart("pier"),), **QUIET)) == ()


def test_nothing_happens_after_the_end():
    assert world(scene("cellar", status="ended", ending="open-sea")) == ()


def test_enemies_act_once_each_in_order_of_initiative():
    outcomes = world(scene(encounter=fight(7, 7), character=cat(hp=18)))

    assert [outcome.call.arguments.get("enemy") for outcome in outcomes] == ["gull-2", "gull-1", None]
    assert kinds(outcomes[-1]) == ["round-passed"]


def test_enemies_do_not_act_twice_in_a_turn():
    assert world(scene(encounter=fight(7, 7), budget=Budget(enemies_acted=True))) == ()


def test_the_fallen_do_not_act():
    assert names(world(scene(encounter=fight(0, 7)))) == ["enemy_turn", "round_passed"]


def test_an_enemy_hits_by_its_figures():
    at = scene(encounter=fight(7), character=cat(hp=18))
    outcome = luck(lambda s: world(at, seed=s)[0], lambda o: o.rolls[0].outcome == "success")

    assert (outcome.rolls[0].target, outcome.rolls[0].modifiers[0].amount) == (12, 3)
    assert outcome.rolls[0].roller == "Pier Gull"
    wound = the(outcome, "damaged")
    assert (wound.target, wound.amount, wound.source) == ("character", outcome.rolls[1].total, "gull-1")


def test_a_stunned_enemy_loses_its_action():
    outcomes = world(scene(encounter=fight(7, conditions=(STUN,))))

    assert outcomes[0].facts == ("Pier Gull cannot act.",)
    assert outcomes[0].rolls == ()


def test_a_guarded_cat_is_struck_at_with_disadvantage():
    guarded = Condition(id="guarding", name="Guarding", turns=1, armour=2, exposed=-1)
    outcome = world(scene(encounter=fight(7), character=suffering(guarded)))[0]

    assert (outcome.rolls[0].target, outcome.rolls[0].kept[0]) == (14, min(outcome.rolls[0].faces))


def test_a_bite_that_afflicts_can_be_saved_against():
    at = scene("cellar", encounter=fight(12, kind="crab"), character=cat(hp=18))
    poisoned = luck(lambda s: world(at, seed=s)[0], lambda o: effects(o, "condition-gained"))

    assert poisoned.rolls[2].total < poisoned.rolls[2].target == 12


def test_where_the_cat_falls_the_world_stops():
    at = scene(encounter=fight(7, 7), character=cat(hp=1), quests=(on_quest("quiet-pier", "gulls", progress=2),))
    outcomes = luck(lambda s: world(at, seed=s), lambda os: effects(os[0], "damaged"))

    assert names(outcomes) == ["enemy_turn"]
    assert outcomes[0].facts[-1] == "You fall."


def test_surprised_enemies_lose_their_first_round():
    assert names(world(scene(encounter=fight(7, surprise="enemies")))) == ["round_passed"]
    assert "enemy_turn" in names(world(scene(encounter=fight(7, surprise="enemies", round=2))))


def test_hostile_enemies_attack_on_sight():
    outcomes = world(scene("cellar"))

    assert outcomes[0].call.arguments == {"spawn": "cellar-crab"}
    assert the(outcomes[0], "encounter-started").encounter.spawn == "cellar-crab"


def test_others_wait_to_be_provoked():
    assert world(scene("pier")) == ()


def test_a_cat_caught_unawares_is_struck_before_it_can_act():
    outcomes = luck(
        lambda s: world(scene("cellar"), seed=s),
        lambda os: the(os[0], "encounter-started").encounter.surprise == "character",
    )

    assert names(outcomes)[:2] == ["ambush", "enemy_turn"]
    assert len(outcomes[1].rolls[0].faces) == 2


def test_a_quick_and_watchful_cat_has_the_first_word():
    def first_word(outcomes):
        started = the(outcomes[0], "encounter-started").encounter
        return started.surprise == "none" and started.initiative >= started.enemies[0].initiative

    assert names(luck(lambda s: world(scene("cellar"), seed=s), first_word)) == ["ambush"]


def test_a_hidden_cat_is_passed_by():
    assert names(world(scene("cellar", character=suffering(HIDDEN)))) == ["time_passed"]


def test_sharper_senses_notice_even_a_hidden_cat():
    clumsy = suffering(HIDDEN, stats={"claws": 2, "paws": -1, "whiskers": 1, "wits": 0, "purr": 1})
    outcomes = world(scene("cellar", character=clumsy))

    assert kinds(outcomes[0]) == ["encounter-started", "condition-lost"]


def test_a_fight_that_begins_after_the_enemies_acted_waits_for_the_next_turn():
    outcomes = luck(
        lambda s: world(scene("cellar", budget=Budget(enemies_acted=True)), seed=s),
        lambda os: the(os[0], "encounter-started").encounter.surprise == "character",
    )

    assert names(outcomes) == ["ambush"]


def test_a_fight_that_poison_ended_is_paid():
    outcomes = world(scene(encounter=fight(0, 0)))

    assert names(outcomes) == ["victory"]
    assert kinds(outcomes[0])[:2] == ["encounter-ended", "experience-gained"]


def test_a_stage_that_is_met_is_paid_and_the_next_begins():
    outcome = world(scene(quests=(on_quest("quiet-pier", "gulls", progress=2),), **QUIET))[0]

    assert (the(outcome, "quest-progressed").stage, the(outcome, "quest-progressed").progress) == ("report", 0)
    assert the(outcome, "experience-gained").amount == 10


def test_a_stage_that_is_not_met_waits():
    assert world(scene(quests=(on_quest("quiet-pier", "gulls", progress=1),), **QUIET)) == ()


def test_a_talk_before_the_stage_began_does_not_count():
    assert world(scene(met={"mate": 0}, quests=(on_quest("quiet-pier", "report"),), **QUIET)) == ()


def test_the_last_stage_completes_the_quest_and_pays_all_that_was_promised():
    outcome = world(scene(met={"mate": 0}, quests=(on_quest("quiet-pier", "report", progress=1),), **QUIET))[0]

    assert kinds(outcome) == [
        "quest-completed",
        "experience-gained",
        "credits-gained",
        "item-gained",
        "disposition-changed",
    ]
    assert the(outcome, "item-gained").item.item == "whistle"


def test_a_reward_that_cannot_be_carried_waits_and_says_so():
    full = cat(capacity=1, inventory=carrying("rope"))
    at = scene(character=full, quests=(on_quest("quiet-pier", "report", progress=1),), **QUIET)
    (outcome,) = world(at)

    assert (outcome.verdict, outcome.refusal.code, outcome.effects) == ("refused", "bag-full", ())


def test_several_stages_can_pass_at_once_up_to_the_end_of_the_story():
    at = scene(
        "loft",
        revealed=("loft-way",),
        used=("hatch",),
        quests=(done_quest("quiet-pier"), on_quest("up-and-away", "learn")),
    )
    outcomes = world(at)

    assert [outcome.call.arguments["stage"] for outcome in outcomes] == ["learn", "reach", "use"]
    assert all_kinds(outcomes)[-1] == "campaign-ended"
    assert the(outcomes[-1], "campaign-ended").ending == "open-sea"


def test_completed_quests_are_not_paid_again():
    assert world(scene(quests=(done_quest("quiet-pier"),), **QUIET)) == ()


def test_every_outcome_of_a_pass_rolls_under_its_own_key():
    outcomes = world(scene(encounter=fight(7, 7), character=cat(hp=18)), key="t_x/world/2")

    assert [outcome.key for outcome in outcomes] == [f"t_x/world/2/{number}" for number in range(3)]
    assert all(roll.key.startswith(f"{outcome.key}/") for outcome in outcomes for roll in outcome.rolls)


def test_two_payments_of_one_pass_do_not_overload_the_bag_together():
    light = cat(capacity=1)
    quests = (on_quest("quiet-pier", "report", progress=1), on_quest("spare-whistle", "report", progress=1))
    first, second = world(scene(character=light, met={"mate": 0}, quests=quests, **QUIET))

    assert (first.verdict, second.verdict) == ("done", "refused")
    assert second.refusal.code == "bag-full"


GUARDED = Condition(id="guarding", name="Guarding", turns=1, armour=2, exposed=-1)
BURNING = Condition(id="burning", name="Burning", turns=2, hp_per_turn=-4)
ILL = Condition(id="ill", name="Ill", turns=3, hp_per_turn=-9)


@given(at=SCENES, seed=SEEDS)
def test_without_a_deed_nothing_is_answered_whatever_is_going_on(at, seed):
    idle = at.model_copy(update={"budget": at.budget.model_copy(update={"acted": False})})

    assert play("t_x/world/0", idle, canon_at(at.state.place.id), seed) == ()


@pytest.mark.parametrize(
    "at",
    [
        scene(character=suffering(POISON), **QUIET),
        scene(character=cat(abilities=(AbilityState(ability=ABILITIES[0], ready_in=2),)), **QUIET),
        scene(encounter=fight(7, conditions=(STUN,))),
        scene(encounter=fight(7), character=suffering(GUARDED, hp=18)),
    ],
)
def test_time_passes_last_and_once_a_turn_where_something_counts_down(at):
    later = at.model_copy(update={"budget": Budget(enemies_acted=True, time_passed=True)})

    assert names(world(at))[-1] == "time_passed"
    assert names(world(at)).count("time_passed") == 1
    assert "time_passed" not in names(world(later))


def test_what_enemies_bring_upon_the_cat_counts_in_the_same_turn():
    at = scene("cellar", encounter=fight(12, kind="crab"), character=cat(hp=18))

    assert names(luck(lambda s: world(at, seed=s), lambda os: effects(os[0], "condition-gained")))[-1] == "time_passed"


def test_a_fight_whose_last_enemies_fall_as_time_passes_is_won_in_the_same_turn():
    outcomes = world(scene(encounter=fight(0, 4, conditions=(BURNING,)), character=cat(hp=18)))

    assert names(outcomes) == ["enemy_turn", "round_passed", "time_passed", "victory"]
    assert "victory" not in names(world(scene(encounter=fight(5, 4, conditions=(BURNING,)), character=cat(hp=18))))


def test_nobody_wins_who_falls_at_the_same_moment():
    at = scene(encounter=fight(4, conditions=(BURNING,)), character=suffering(ILL, hp=9))

    assert names(luck(lambda s: world(at, seed=s), lambda os: "round_passed" in names(os)))[-1] == "time_passed"


def test_no_time_passes_after_the_end():
    at = scene(
        "loft",
        revealed=("loft-way",),
        used=("hatch",),
        character=suffering(POISON),
        quests=(done_quest("quiet-pier"), on_quest("up-and-away", "learn")),
    )

    assert all_kinds(world(at))[-1] == "campaign-ended"
