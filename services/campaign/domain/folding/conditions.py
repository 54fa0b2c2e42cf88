"""Conditions of the cat and of its enemies."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.effects import ConditionGained, ConditionLost
from contracts.state import Scene
from services.campaign.domain.bounds import CONDITIONS, ENEMY_CONDITIONS
from services.campaign.domain.folding.enemies import put_back, standing
from services.campaign.domain.folding.working import CHARACTER, Folded, No, with_cat

Conditions = tuple[Condition, ...]


def condition_gained(effect: ConditionGained, scene: Scene) -> Folded:
    """Of two conditions with one id, the one that lasts longer stays. Gained after time has passed, it has this turn
    behind it already; it lasts for one at least."""
    new = effect.condition
    if scene.budget.time_passed:
        new = new.model_copy(update={"turns": max(1, new.turns - 1)})
    if effect.target == CHARACTER:
        gained = _gain(scene.state.character.conditions, new, CONDITIONS)
        return gained if isinstance(gained, No) else with_cat(scene, conditions=gained)
    enemy = standing(scene, effect.target)
    if isinstance(enemy, No):
        return enemy
    gained = _gain(enemy.conditions, new, ENEMY_CONDITIONS)
    return gained if isinstance(gained, No) else put_back(scene, enemy.model_copy(update={"conditions": gained}))


def condition_lost(effect: ConditionLost, scene: Scene) -> Folded:
    if effect.target == CHARACTER:
        left = _lose(scene.state.character.conditions, effect.condition)
        return left if isinstance(left, No) else with_cat(scene, conditions=left)
    enemy = standing(scene, effect.target)
    if isinstance(enemy, No):
        return enemy
    left = _lose(enemy.conditions, effect.condition)
    return left if isinstance(left, No) else put_back(scene, enemy.model_copy(update={"conditions": left}))


def _gain(have: Conditions, new: Condition, at_most: int) -> Conditions | No:
    known = next((condition for condition in have if condition.id == new.id), None)
    if known is not None:
        longer = new if new.turns >= known.turns else known
        return tuple(longer if condition.id == new.id else condition for condition in have)
    return No("no-room", "No more conditions can be borne at once.") if len(have) >= at_most else (*have, new)


def _lose(have: Conditions, condition: str) -> Conditions | No:
    left = tuple(one for one in have if one.id != condition)
    return No("no-such-condition", f"There is no {condition} to lose.") if len(left) == len(have) else left
