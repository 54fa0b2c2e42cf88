"""The beginning of a turn: conditions tick, cooldowns run down. Folded exactly once per turn, before all else."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.effects import Consequence, TurnBegan
from contracts.state import Budget, CampaignState, Scene
from services.campaign.domain.derive import scene_of
from services.campaign.domain.folding.enemies import hurt, replaced
from services.campaign.domain.folding.lives import life_lost
from services.campaign.domain.folding.working import No, with_cat

Conditions = tuple[Condition, ...]


def begin(state: CampaignState) -> tuple[Scene, tuple[Consequence, ...]]:
    """The working copy a turn starts from, and what its beginning did.

    Every condition takes or gives its hit points, then counts down and is gone at zero. Who loses a life to one
    wakes in the haven with the whole turn still ahead.
    """
    opening: tuple[Consequence, ...] = (TurnBegan(),)
    scene, cause = _tick_character(scene_of(state, Budget()))
    scene = _tick_enemies(scene)
    if cause:
        scene, lost = life_lost(scene, cause)
        opening = (*opening, lost)
    return scene_of(scene.state, scene.budget), opening


def _tick_character(scene: Scene) -> tuple[Scene, str]:
    """The character after its tick, and the condition that took its last hit point, if one did."""
    cat = scene.state.character
    hp, cause = cat.hp, ""
    for condition in cat.conditions:
        hp = min(cat.max_hp, max(0, hp + condition.hp_per_turn))
        if hp == 0:
            cause = condition.id
            break
    abilities = tuple(
        known.model_copy(update={"ready_in": max(0, known.ready_in - 1)}) if known.ready_in else known
        for known in cat.abilities
    )
    return with_cat(scene, hp=hp, conditions=_lasting(cat.conditions), abilities=abilities), cause


def _tick_enemies(scene: Scene) -> Scene:
    encounter = scene.state.encounter
    for enemy in encounter.enemies if encounter else ():
        if enemy.hp == 0 or not enemy.conditions:
            continue
        change = sum(condition.hp_per_turn for condition in enemy.conditions)
        healed = min(enemy.max_hp, enemy.hp + max(0, change))
        ticked = enemy.model_copy(update={"hp": healed, "conditions": _lasting(enemy.conditions)})
        scene = replaced(scene, ticked)
        if change < 0:
            folded = hurt(scene, ticked, -change)
            scene = scene if isinstance(folded, No) else folded
    return scene


def _lasting(conditions: Conditions) -> Conditions:
    """The conditions with a turn less to last, without those that are over."""
    return tuple(
        condition.model_copy(update={"turns": condition.turns - 1}) for condition in conditions if condition.turns > 1
    )
