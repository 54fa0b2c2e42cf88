"""Folds for the spending of a turn's action and for the limits of abilities."""

from __future__ import annotations

from contracts.effects import AbilityUsed, ActionSpent
from contracts.state import Scene
from services.campaign.domain.folding.working import Folded, No, with_budget, with_cat


def action_spent(effect: ActionSpent, scene: Scene) -> Folded:
    """Spends one action. `derived` is from before the outcome, so a stun it brings does not forbid itself."""
    if not scene.derived.can_act:
        return No("cannot-act", "The cat is in no condition to act.")
    if scene.budget.action < 1:
        return No("action-spent", "This turn's action is spent.")
    return with_budget(scene, action=scene.budget.action - 1)


def ability_used(effect: AbilityUsed, scene: Scene) -> Folded:
    known = scene.state.character.abilities
    one = next((state for state in known if state.ability.id == effect.ability), None)
    if one is None:
        return No("no-such-ability", f"This cat has no {effect.ability}.")
    if one.ready_in > 0:
        return No("not-ready", f"{one.ability.name} is not ready yet.")
    if one.charges == 0:
        return No("no-charges", f"{one.ability.name} is used up until a rest.")
    cooldown = max(0, effect.cooldown - scene.budget.time_passed)  # After time has passed, this turn is behind it.
    charges = None if one.charges is None else one.charges - 1
    spent = one.model_copy(update={"ready_in": cooldown, "charges": charges})
    return with_cat(scene, abilities=tuple(spent if state is one else state for state in known))
