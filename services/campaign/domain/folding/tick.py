"""The passing of time: conditions take or give their hit points and count down, cooldowns run down."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.state import Character, Scene
from services.campaign.domain.folding.enemies import hurt, put_back
from services.campaign.domain.folding.working import Folded, No, with_budget, with_cat

Conditions = tuple[Condition, ...]


def time_passed(scene: Scene) -> Folded:
    """Once a turn. What follows for a cat that it leaves at zero is folded when the outcome is complete."""
    if scene.budget.time_passed:
        return No("time-passed", "Time has passed this turn.")
    if scene.state.character.hp == 0:
        return No("life-lost", "No time passes for a lost life.")
    return with_budget(tick(scene), time_passed=True)


def tick(scene: Scene) -> Scene:
    """Every condition takes or gives its hit points, then counts down and is gone at zero."""
    cat = scene.state.character
    hp, _ = _toll(cat)
    abilities = tuple(
        known.model_copy(update={"ready_in": max(0, known.ready_in - 1)}) if known.ready_in else known
        for known in cat.abilities
    )
    return _tick_enemies(with_cat(scene, hp=hp, conditions=_lasting(cat.conditions), abilities=abilities))


def fatal_condition(cat: Character) -> str:
    """The condition that will take the last hit point as time passes; empty when none will."""
    return _toll(cat)[1]


def _toll(cat: Character) -> tuple[int, str]:
    """The hit points that conditions leave, and the one that took the last, if one did: no later one gives it back."""
    hp = cat.hp
    for condition in cat.conditions:
        hp = min(cat.max_hp, max(0, hp + condition.hp_per_turn))
        if hp == 0:
            return 0, condition.id
    return hp, ""


def _tick_enemies(scene: Scene) -> Scene:
    encounter = scene.state.encounter
    for enemy in encounter.enemies if encounter else ():
        if enemy.hp == 0 or not enemy.conditions:
            continue
        change = sum(condition.hp_per_turn for condition in enemy.conditions)
        healed = min(enemy.max_hp, enemy.hp + max(0, change))
        ticked = enemy.model_copy(update={"hp": healed, "conditions": _lasting(enemy.conditions)})
        scene = put_back(scene, ticked)
        if change < 0:
            folded = hurt(scene, ticked, -change)
            scene = scene if isinstance(folded, No) else folded
    return scene


def _lasting(conditions: Conditions) -> Conditions:
    """The conditions with a turn less to last, without those that are over."""
    return tuple(
        condition.model_copy(update={"turns": condition.turns - 1}) for condition in conditions if condition.turns > 1
    )
