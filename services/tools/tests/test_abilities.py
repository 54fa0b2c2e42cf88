"""Abilities: their costs, their targets, and what they do."""

from contracts.state import AbilityState, Budget
from services.tools.tests.pack import ABILITIES
from services.tools.tests.rules_driver import cat, effects, fight, intend, kinds, luck, scene, the


def having(ability_id, **changes):
    ability = next(ability for ability in ABILITIES if ability.id == ability_id)
    state = AbilityState(ability=ability, charges=ability.charges).model_copy(update=changes)
    return cat(abilities=(state,))


def pounce(at, seed):
    return intend("use_ability", at, seed=seed, ability="pounce", target="gull-1")


def test_a_strike_costs_energy_and_rolls_with_its_own_stat_and_rank():
    at = scene(character=having("pounce", rank=3), encounter=fight(40, 7))
    outcome = luck(lambda s: pounce(at, s), lambda o: o.rolls[0].outcome == "success")

    assert the(outcome, "energy-spent").amount == 2
    assert [(modifier.name, modifier.amount) for modifier in outcome.rolls[0].modifiers] == [("paws", 1), ("rank", 2)]
    assert outcome.rolls[1].total == sum(outcome.rolls[1].faces) + 2


def test_a_strike_that_hits_may_afflict_and_one_that_misses_may_not():
    at = scene(encounter=fight(40, 7))
    stunned = luck(lambda s: pounce(at, s), lambda o: effects(o, "condition-gained"))
    missed = luck(lambda s: pounce(at, s), lambda o: not effects(o, "damaged"))

    assert the(stunned, "condition-gained").target == "gull-1"
    assert [roll.purpose for roll in missed.rolls] == ["attack"]


def test_an_enemy_saves_with_its_instincts():
    at = scene(encounter=fight(40, 7))
    saved = luck(lambda s: pounce(at, s), lambda o: len(o.rolls) == 3 and not effects(o, "condition-gained"))

    assert saved.rolls[2].roller == "Pier Gull"
    assert saved.rolls[2].modifiers[0].amount == 2


def test_an_ability_may_begin_a_fight():
    outcome = intend("use_ability", ability="pounce", target="pier-gulls")

    assert kinds(outcome)[:4] == ["action-spent", "ability-used", "energy-spent", "encounter-started"]


def test_an_ability_waits_for_its_cooldown_its_charges_and_its_energy():
    cooling = scene(character=having("third-eye", ready_in=2))
    empty = scene(character=having("knead", charges=0))
    tired = scene(character=having("pounce").model_copy(update={"energy": 1}))

    assert intend("use_ability", cooling, ability="third-eye").refusal.code == "not-ready"
    assert intend("use_ability", empty, ability="knead", target="mate").refusal.code == "no-charges"
    assert intend("use_ability", tired, ability="pounce", target="pier-gulls").refusal.code == "no-energy"


def test_an_ability_one_does_not_have_is_refused_with_those_one_has():
    refusal = intend("use_ability", scene(character=having("lick")), ability="fly").refusal

    assert (refusal.code, refusal.legal) == ("no-such-ability", ("lick",))


def test_a_third_eye_sees_all_that_is_hidden_here():
    outcome = intend("use_ability", ability="third-eye")

    assert the(outcome, "ability-used").cooldown == 3
    assert [effect.secret for effect in effects(outcome, "secret-revealed")] == ["loft-way", "loose-plank"]


def test_charm_wins_somebody_over_without_dice():
    outcome = intend("use_ability", ability="knead", target="mate")

    assert kinds(outcome) == ["action-spent", "ability-used", "npc-met", "disposition-changed"]


def test_charm_needs_somebody_to_charm():
    assert intend("use_ability", scene("loft"), ability="knead").refusal.code == "no-such-npc"


def test_vanishing_ends_the_fight_elsewhere_without_dice():
    outcome = intend("use_ability", scene(encounter=fight(7)), ability="vanish")

    assert kinds(outcome) == ["action-spent", "ability-used", "energy-spent", "encounter-ended", "moved"]
    assert outcome.rolls == ()


def test_vanishing_needs_a_fight_and_a_move():
    assert intend("use_ability", ability="vanish").refusal.code == "no-fight"
    at = scene(encounter=fight(7), budget=Budget(move=0))
    assert intend("use_ability", at, ability="vanish").refusal.code == "no-move-left"


def test_licking_wounds_heals_what_the_die_says():
    outcome = intend("use_ability", scene(character=cat(hp=1)), ability="lick")

    assert the(outcome, "healed").amount == outcome.rolls[0].total
