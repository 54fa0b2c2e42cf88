"""Every effect, applied where it holds and refused where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from contracts import effects as of
from contracts.canon import EntityRef
from contracts.state import Budget, Scene
from services.campaign.domain.folding.consequences import NINE_LIVES_SPENT
from services.campaign.domain.folding.effects import FOLDS
from services.campaign.tests.builders import (
    ATTIC,
    FISH,
    KNIFE,
    ROOF,
    TORCH,
    a_condition,
    a_fight,
    a_rat,
    a_scene,
    an_item,
    apply,
    fighting,
    with_state,
)

CAT = "character"


def cat_has(**figures: Any) -> Callable[[Scene], bool]:
    return lambda scene: all(getattr(scene.state.character, name) == value for name, value in figures.items())


def state_has(**figures: Any) -> Callable[[Scene], bool]:
    return lambda scene: all(getattr(scene.state, name) == value for name, value in figures.items())


def budget_has(**figures: Any) -> Callable[[Scene], bool]:
    return lambda scene: all(getattr(scene.budget, name) == value for name, value in figures.items())


def carries(*things: tuple[str, int]) -> Callable[[Scene], bool]:
    return lambda scene: tuple((one.id, one.quantity) for one in scene.state.character.inventory) == things


def damage(target: str, amount: int) -> of.Damaged:
    return of.Damaged(target=target, amount=amount, damage_type="slash", source="rat")


def to_roof(origin: str = "attic", *exits: EntityRef) -> of.Moved:
    return of.Moved(origin=origin, to=ROOF, exits=exits)


def quest(stage: str = "one", progress: int = 0) -> of.QuestProgressed:
    return of.QuestProgressed(quest="hunt", stage=stage, text="Hunt on.", progress=progress)


def on_quest(*more: of.Proposal) -> Scene:
    _, scene = apply(a_scene(), HUNT, *more)
    return scene


HUNT = of.QuestStarted(quest="hunt", name="Hunt", arc="First", stage="one", text="Hunt.")
STARTED_BAG = (("knife-1", 1), ("fish-2", 2), ("torch-3", 1))
SPENT = Budget(action=0, move=0, enemies_acted=True)
BRIEF = a_condition("brief", turns=1)
WET, STUNNED = a_condition("wet"), a_condition("stunned", skips_action=True)

APPLIES: list[tuple[str, Scene, of.Proposal, Callable[[Scene], bool]]] = [
    ("a cat loses hit points", a_scene(), damage(CAT, 5), cat_has(hp=15)),
    ("a blow of nothing is a blow", a_scene(), damage(CAT, 0), cat_has(hp=20)),
    (
        "an enemy loses hit points",
        fighting(a_rat(1)),
        damage("rat-1", 2),
        lambda s: s.state.encounter.enemies[0].hp == 4,
    ),
    ("an enemy at zero counts as defeated", fighting(), damage("rat-1", 9), state_has(defeated={"rat": 1})),
    ("healing stops at the maximum", a_scene(hp=18), of.Healed(amount=9), cat_has(hp=20)),
    ("energy is spent", a_scene(), of.EnergySpent(amount=6), cat_has(energy=0)),
    ("energy comes back up to its maximum", a_scene(energy=5), of.EnergyRestored(amount=9), cat_has(energy=6)),
    ("a condition begins", a_scene(), of.ConditionGained(target=CAT, condition=WET), cat_has(conditions=(WET,))),
    (
        "of two equal conditions the longer one stays",
        a_scene(conditions=(WET,)),
        of.ConditionGained(target=CAT, condition=a_condition("wet", turns=1)),
        cat_has(conditions=(WET,)),
    ),
    (
        "an enemy gets a condition",
        fighting(),
        of.ConditionGained(target="rat-2", condition=WET),
        lambda s: s.state.encounter.enemies[1].conditions == (WET,),
    ),
    (
        "a condition is taken off",
        a_scene(conditions=(WET,)),
        of.ConditionLost(target=CAT, condition="wet"),
        cat_has(conditions=()),
    ),
    ("the action is spent", a_scene(), of.ActionSpent(), budget_has(action=0, move=1)),
    (
        "an ability starts its cooldown and takes a charge",
        a_scene(),
        of.AbilityUsed(ability="hiss", cooldown=2),
        lambda s: (s.state.character.abilities[0].ready_in, s.state.character.abilities[0].charges) == (2, 1),
    ),
    (
        "a thing fills up its stack",
        a_scene(),
        of.ItemGained(item=an_item(FISH, 3), source="bin"),
        carries(("knife-1", 1), ("fish-2", 5), ("torch-3", 1)),
    ),
    (
        "what does not fit the stack starts a new one",
        a_scene(),
        of.ItemGained(item=an_item(FISH, 7), source="bin"),
        carries(("knife-1", 1), ("fish-2", 5), ("torch-3", 1), ("fish-4", 4)),
    ),
    (
        "things with charges never share a place",
        a_scene(),
        of.ItemGained(item=an_item(TORCH, 2, stack=5), source="bin"),
        carries(*STARTED_BAG, ("torch-4", 1), ("torch-5", 1)),
    ),
    (
        "a thing that a newer world describes otherwise starts a stack of its own",
        a_scene(),
        of.ItemGained(item=an_item(FISH, 1, weight=2), source="bin"),
        carries(*STARTED_BAG, ("fish-4", 1)),
    ),
    (
        "a stack gets smaller",
        a_scene(),
        of.ItemLost(instance="fish-2"),
        carries(("knife-1", 1), ("fish-2", 1), ("torch-3", 1)),
    ),
    ("what is worn comes off when it is lost", a_scene(), of.ItemLost(instance="knife-1"), cat_has(equipment={})),
    (
        "a charge is spent",
        a_scene(),
        of.ChargeSpent(instance="torch-3"),
        lambda s: s.state.character.inventory[2].charges == 1,
    ),
    (
        "a thing is worn",
        a_scene(equipment={}),
        of.ItemEquipped(instance="knife-1", slot="claws"),
        lambda s: s.state.character.equipment == {"claws": "knife-1"} and s.derived.stats["claws"] == 3,
    ),
    (
        "a thing is taken off and its bonus with it",
        a_scene(),
        of.ItemUnequipped(slot="claws"),
        lambda s: s.state.character.equipment == {} and s.derived.stats["claws"] == 2,
    ),
    ("credits come in", a_scene(), of.CreditsGained(amount=7, source="job"), cat_has(credits=47)),
    ("credits go out to the last one", a_scene(), of.CreditsSpent(amount=40, source="shop"), cat_has(credits=0)),
    (
        "a shelf gets emptier",
        a_scene(),
        of.StockTaken(shop="deli", item="fish", stocked=1),
        state_has(sold={"deli/fish": 1}),
    ),
    ("a find is taken", a_scene(), of.FindTaken(find="coin"), state_has(taken=("coin",))),
    ("a feature is used up", a_scene(), of.FeatureUsed(feature="vent"), state_has(used=("vent",))),
    ("an exit is unlocked", a_scene(), of.ExitUnlocked(exit="hatch"), state_has(unlocked=("hatch",))),
    ("a secret is learnt", a_scene(), of.SecretRevealed(secret="plot"), state_has(revealed=("plot",))),
    (
        "learning a secret again changes nothing",
        with_state(a_scene(), revealed=("plot",)),
        of.SecretRevealed(secret="plot"),
        state_has(revealed=("plot",)),
    ),
    ("experience counts", a_scene(), of.ExperienceGained(amount=99, source="rat"), cat_has(xp=99, level=1)),
    (
        "experience gives levels, hit points and choices",
        a_scene(hp=10),
        of.ExperienceGained(amount=300, source="rat"),
        cat_has(level=3, max_hp=28, hp=18, choices=2),
    ),
    (
        "a stat is chosen at a level",
        a_scene(choices=1),
        of.LevelChoiceMade(stat="purr"),
        lambda s: s.state.character.stats["purr"] == 1 and s.state.character.choices == 0,
    ),
    (
        "an ability is chosen at a level",
        a_scene(choices=1),
        of.LevelChoiceMade(ability="hiss"),
        lambda s: s.state.character.abilities[0].rank == 2 and s.state.character.choices == 0,
    ),
    (
        "the cat moves and the move is spent",
        a_scene(),
        to_roof(),
        lambda s: s.state.place == ROOF and s.budget.move == 0,
    ),
    (
        "a new place is drawn on the map with what can be seen from it",
        a_scene(),
        to_roof("attic", ATTIC),
        lambda s: s.state.places[1].id == "roof" and s.state.places[1].exits == (ATTIC,),
    ),
    (
        "the ways out of here are drawn on the map",
        a_scene(),
        of.Surveyed(place="attic", exits=(EntityRef(id="drain", name="The Drain"),)),
        lambda s: "drain" in {way.id for way in s.state.places[0].exits},
    ),
    ("somebody is met", a_scene(), of.NpcMet(npc="tom", disposition=1), state_has(met={"tom": 1})),
    (
        "meeting somebody again leaves their opinion alone",
        with_state(a_scene(), met={"tom": 3}),
        of.NpcMet(npc="tom", disposition=0),
        state_has(met={"tom": 3}),
    ),
    (
        "an opinion stays within its bounds",
        with_state(a_scene(), met={"tom": 2}),
        of.DispositionChanged(npc="tom", amount=5),
        state_has(met={"tom": 3}),
    ),
    ("a fight starts", a_scene(), of.EncounterStarted(encounter=a_fight()), state_has(encounter=a_fight())),
    (
        "the enemies have had their round",
        fighting(),
        of.RoundPassed(),
        lambda s: s.budget.enemies_acted and s.state.encounter.round == 2,
    ),
    (
        "time passes for the cat and for its enemies",
        with_state(fighting(a_rat(1, conditions=(BRIEF,))), character=a_scene(conditions=(BRIEF,)).state.character),
        of.RoundPassed(part="time"),
        lambda s: (
            s.budget.time_passed and not (*s.state.character.conditions, *s.state.encounter.enemies[0].conditions)
        ),
    ),
    (
        "what is gained after time has passed has the turn behind it",
        a_scene(Budget(time_passed=True)),
        of.ConditionGained(target=CAT, condition=a_condition("wet", turns=2)),
        lambda s: s.state.character.conditions[0].turns == 1,
    ),
    (
        "an ability that is used after time has passed is ready a turn earlier",
        a_scene(Budget(time_passed=True)),
        of.AbilityUsed(ability="hiss", cooldown=2),
        lambda s: s.state.character.abilities[0].ready_in == 1,
    ),
    (
        "a won fight is over and its spawn cleared",
        fighting(a_rat(1, hp=0)),
        of.EncounterEnded(how="won"),
        state_has(encounter=None, cleared=("rats-in-attic",)),
    ),
    (
        "who escapes leaves the enemies where they were",
        fighting(),
        of.EncounterEnded(how="escaped"),
        state_has(encounter=None, cleared=()),
    ),
    (
        "a peace clears the spawn",
        fighting(),
        of.EncounterEnded(how="parley"),
        state_has(encounter=None, cleared=("rats-in-attic",)),
    ),
    ("a quest begins", a_scene(), HUNT, lambda s: s.state.quests[0].status == "active"),
    ("a quest's stage counts", on_quest(), quest(progress=1), lambda s: s.state.quests[0].progress == 1),
    ("a quest's next stage begins", on_quest(), quest("two"), lambda s: s.state.quests[0].stage == "two"),
    (
        "a quest is completed",
        on_quest(),
        of.QuestCompleted(quest="hunt"),
        lambda s: s.state.quests[0].status == "completed",
    ),
    ("a full rest brings all back", a_scene(hp=1, energy=0), of.Rested(full=True), cat_has(hp=20, energy=6)),
    ("a short rest brings half back", a_scene(hp=1, energy=0), of.Rested(full=False), cat_has(hp=11, energy=3)),
    ("the story ends", a_scene(), of.CampaignEnded(ending="home"), state_has(status="ended", ending="home")),
    ("an end ends the fight, too", fighting(), of.CampaignEnded(ending="home"), state_has(encounter=None)),
]

REFUSES: list[tuple[str, Scene, of.Proposal, str]] = [
    ("nobody can be struck without a fight", a_scene(), damage("rat-1", 1), "no-encounter"),
    ("nobody who is not in the fight can be struck", fighting(), damage("rat-9", 1), "no-such-enemy"),
    ("nobody who is down can be struck", fighting(a_rat(1, hp=0)), damage("rat-1", 1), "enemy-down"),
    ("energy that is not there", a_scene(), of.EnergySpent(amount=7), "no-energy"),
    (
        "a condition of nobody",
        fighting(),
        of.ConditionGained(target="rat-9", condition=WET),
        "no-such-enemy",
    ),
    (
        "more conditions than can be borne",
        a_scene(conditions=tuple(a_condition(f"c{n}") for n in range(12))),
        of.ConditionGained(target=CAT, condition=WET),
        "no-room",
    ),
    ("losing what one does not have", a_scene(), of.ConditionLost(target=CAT, condition="wet"), "no-such-condition"),
    ("an action that is spent", a_scene(SPENT), of.ActionSpent(), "action-spent"),
    ("an action of the stunned", a_scene(conditions=(STUNNED,)), of.ActionSpent(), "cannot-act"),
    ("an ability of another class", a_scene(), of.AbilityUsed(ability="fly", cooldown=0), "no-such-ability"),
    (
        "an ability that is not ready",
        apply(a_scene(), of.AbilityUsed(ability="hiss", cooldown=2))[1],
        of.AbilityUsed(ability="hiss", cooldown=2),
        "not-ready",
    ),
    (
        "an ability without charges",
        apply(a_scene(), *[of.AbilityUsed(ability="hiss", cooldown=0)] * 2)[1],
        of.AbilityUsed(ability="hiss", cooldown=0),
        "no-charges",
    ),
    (
        "more than can be carried",
        a_scene(),
        of.ItemGained(item=an_item(KNIFE, weight=10, quantity=2), source="bin"),
        "too-heavy",
    ),
    (
        "more than the bag has places",
        a_scene(inventory=tuple(an_item(TORCH, 1, weight=0, id=f"torch-{n}") for n in range(39))),
        of.ItemGained(item=an_item(TORCH, weight=0, quantity=2), source="bin"),
        "bag-full",
    ),
    ("losing what is not carried", a_scene(), of.ItemLost(instance="ghost-9"), "not-carried"),
    ("losing more than is carried", a_scene(), of.ItemLost(instance="fish-2", quantity=3), "too-few"),
    ("a charge of a thing without any", a_scene(), of.ChargeSpent(instance="fish-2"), "not-charged"),
    (
        "a charge of an empty thing",
        apply(a_scene(), *[of.ChargeSpent(instance="torch-3")] * 2)[1],
        of.ChargeSpent(instance="torch-3"),
        "empty",
    ),
    ("wearing what is not carried", a_scene(), of.ItemEquipped(instance="ghost-9", slot="head"), "not-carried"),
    ("wearing a thing where it is not worn", a_scene(), of.ItemEquipped(instance="knife-1", slot="head"), "wrong-slot"),
    ("wearing what is worn", a_scene(), of.ItemEquipped(instance="knife-1", slot="claws"), "already-worn"),
    ("taking off nothing", a_scene(), of.ItemUnequipped(slot="tail"), "nothing-worn"),
    ("credits that are not there", a_scene(), of.CreditsSpent(amount=41, source="shop"), "cannot-afford"),
    (
        "what is sold out",
        with_state(a_scene(), sold={"deli/fish": 2}),
        of.StockTaken(shop="deli", item="fish", stocked=2),
        "sold-out",
    ),
    ("a find a second time", with_state(a_scene(), taken=("coin",)), of.FindTaken(find="coin"), "already-taken"),
    ("a feature a second time", with_state(a_scene(), used=("vent",)), of.FeatureUsed(feature="vent"), "already-used"),
    ("a choice that is not open", a_scene(), of.LevelChoiceMade(stat="purr"), "no-choice-open"),
    ("a choice of nothing", a_scene(choices=1), of.LevelChoiceMade(), "one-choice"),
    ("two choices at once", a_scene(choices=1), of.LevelChoiceMade(stat="purr", ability="hiss"), "one-choice"),
    (
        "a stat above its highest",
        a_scene(choices=1, stats={"purr": 6}),
        of.LevelChoiceMade(stat="purr"),
        "at-its-highest",
    ),
    ("a rank of another class", a_scene(choices=1), of.LevelChoiceMade(ability="fly"), "no-such-ability"),
    ("moving from where one is not", a_scene(), to_roof("cellar"), "not-there"),
    ("drawing a map of elsewhere", a_scene(), of.Surveyed(place="cellar", exits=(ROOF,)), "not-there"),
    ("moving twice", a_scene(SPENT), to_roof(), "move-spent"),
    ("strolling out of a fight", fighting(), to_roof(), "in-encounter"),
    ("the opinion of a stranger", a_scene(), of.DispositionChanged(npc="tom", amount=1), "not-met"),
    ("a second fight", fighting(), of.EncounterStarted(encounter=a_fight()), "in-encounter"),
    ("a fight elsewhere", a_scene(), of.EncounterStarted(encounter=a_fight(place="roof")), "not-there"),
    (
        "a fight that was won",
        with_state(a_scene(), cleared=("rats-in-attic",)),
        of.EncounterStarted(encounter=a_fight()),
        "cleared",
    ),
    (
        "a fight of twins",
        a_scene(),
        of.EncounterStarted(encounter=a_fight(a_rat(1), a_rat(1))),
        "unsound-encounter",
    ),
    (
        "a fight of the fallen",
        a_scene(),
        of.EncounterStarted(encounter=a_fight(a_rat(1, hp=0))),
        "unsound-encounter",
    ),
    ("a round without a fight", a_scene(), of.RoundPassed(), "no-encounter"),
    ("a second round in one turn", fighting(budget=SPENT), of.RoundPassed(), "enemies-acted"),
    (
        "time that passes twice in one turn",
        a_scene(Budget(time_passed=True)),
        of.RoundPassed(part="time"),
        "time-passed",
    ),
    ("the end of no fight", a_scene(), of.EncounterEnded(how="escaped"), "no-encounter"),
    ("a win with enemies on their feet", fighting(), of.EncounterEnded(how="won"), "enemies-standing"),
    ("a quest a second time", on_quest(), HUNT, "quest-known"),
    ("progress in no quest", a_scene(), quest(), "no-such-quest"),
    ("progress that was made", on_quest(quest(progress=2)), quest(progress=2), "no-progress"),
    ("a stage that has begun", on_quest(quest("two")), quest("two"), "no-progress"),
    (
        "completing what is complete",
        on_quest(of.QuestCompleted(quest="hunt")),
        of.QuestCompleted(quest="hunt"),
        "quest-over",
    ),
    ("resting in a fight", fighting(), of.Rested(full=True), "in-encounter"),
]


def name_of(case: tuple[str, *tuple[Any, ...]]) -> str:
    return case[0]


@pytest.mark.parametrize("case", APPLIES, ids=name_of)
def test_an_effect_applies(case: tuple[str, Scene, of.Proposal, Callable[[Scene], bool]]) -> None:
    _, scene, effect, holds = case

    settled, after = apply(scene, effect)

    assert settled.refused is None
    assert settled.applied
    assert holds(after)


@pytest.mark.parametrize("case", REFUSES, ids=name_of)
def test_an_effect_is_refused_and_nothing_changes(case: tuple[str, Scene, of.Proposal, str]) -> None:
    _, scene, effect, code = case

    settled, after = apply(scene, effect)

    assert settled.refused is not None
    assert (settled.applied, settled.refused.effect, settled.refused.code) == (False, effect.kind, code)
    assert after == scene


def test_every_effect_that_can_be_proposed_is_folded_and_every_fold_has_a_case() -> None:
    proposals = set(get_args(get_args(of.Proposal)[0]))

    assert set(FOLDS) == proposals
    assert {type(effect) for _, _, effect, _ in APPLIES} == proposals


def test_an_ending_of_the_world_is_not_the_ending_of_nine_lives() -> None:
    _, after = apply(a_scene(lives=1), damage(CAT, 99))

    assert after.state.ending == NINE_LIVES_SPENT


@pytest.mark.parametrize(
    ("part", "effect"),
    [
        ({"taken": tuple(f"f{n}" for n in range(128))}, of.FindTaken(find="new")),
        ({"used": tuple(f"f{n}" for n in range(128))}, of.FeatureUsed(feature="new")),
        ({"unlocked": tuple(f"f{n}" for n in range(64))}, of.ExitUnlocked(exit="new")),
        ({"revealed": tuple(f"f{n}" for n in range(64))}, of.SecretRevealed(secret="new")),
        ({"met": {f"n{n}": 0 for n in range(128)}}, of.NpcMet(npc="new", disposition=0)),
        ({"sold": {f"s/{n}": 1 for n in range(256)}}, of.StockTaken(shop="s", item="new", stocked=1)),
    ],
)
def test_a_state_does_not_grow_beyond_its_bounds(part: dict[str, Any], effect: of.Proposal) -> None:
    settled, _ = apply(with_state(a_scene(), **part), effect)

    assert settled.refused is not None
    assert settled.refused.code == "no-room"
