"""Experience, levels, and what is chosen at a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.effects import ExperienceGained, LevelChoiceMade
from contracts.state import Scene
from services.campaign.domain.folding.working import Folded, No, with_cat
from services.campaign.domain.levels import MAX_RANK, MAX_STAT

if TYPE_CHECKING:
    from contracts.canon import Stat


def experience_gained(effect: ExperienceGained, scene: Scene) -> Folded:
    """Counts the experience. The levels it gives are folded when the outcome is complete."""
    return with_cat(scene, xp=scene.state.character.xp + effect.amount)


def level_choice_made(effect: LevelChoiceMade, scene: Scene) -> Folded:
    cat = scene.state.character
    if cat.choices < 1:
        return No("no-choice-open", "There is no choice to make before the next level.")
    if (effect.stat is None) == (effect.ability is None):
        return No("one-choice", "A level gives one thing: a stat or an ability.")
    chosen = _stat_raised(effect.stat, scene) if effect.stat is not None else _rank_raised(effect, scene)
    return chosen if isinstance(chosen, No) else with_cat(chosen, choices=cat.choices - 1)


def _stat_raised(stat: Stat, scene: Scene) -> Folded:
    stats = scene.state.character.stats
    raised = stats.get(stat, 0) + 1
    if raised > MAX_STAT:
        return No("at-its-highest", f"{stat} cannot rise any more.")
    return with_cat(scene, stats={**stats, stat: raised})


def _rank_raised(effect: LevelChoiceMade, scene: Scene) -> Folded:
    known = scene.state.character.abilities
    one = next((state for state in known if state.ability.id == effect.ability), None)
    if one is None:
        return No("no-such-ability", f"This cat has no {effect.ability}.")
    if one.rank >= MAX_RANK:
        return No("at-its-highest", f"{one.ability.name} cannot rise any more.")
    raised = one.model_copy(update={"rank": one.rank + 1})
    return with_cat(scene, abilities=tuple(raised if state is one else state for state in known))
