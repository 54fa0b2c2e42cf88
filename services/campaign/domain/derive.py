"""Figures that follow from the state. They are never stored: taking a collar off takes its bonus off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, cast, get_args

from contracts.canon import Stat
from contracts.state import Budget, CampaignState, Character, Derived, ItemInstance, Scene
from services.campaign.domain.levels import next_level_xp

if TYPE_CHECKING:
    from contracts.canon import Condition

STATS: tuple[Stat, ...] = get_args(Stat)
Lean = Literal[-1, 0, 1]


def list_worn(character: Character) -> tuple[ItemInstance, ...]:
    """The items that the character has equipped, in the order they are carried."""
    ids = set(character.equipment.values())
    return tuple(item for item in character.inventory if item.id in ids)


def load(character: Character) -> int:
    """The weight carried, whole stacks counted."""
    return sum(item.weight * item.quantity for item in character.inventory)


def derive(state: CampaignState) -> Derived:
    """Compute the figures of this state: what was born and chosen, plus what is worn, plus what is suffered."""
    cat = state.character
    conditions = cat.conditions
    sources: tuple[ItemInstance | Condition, ...] = (*list_worn(cat), *conditions)
    stats = {stat: cat.stats.get(stat, 0) + sum(source.modifiers.get(stat, 0) for source in sources) for stat in STATS}
    return Derived(
        stats=stats,
        armour=max(0, cat.armour + sum(source.armour for source in sources)),
        load=load(cat),
        edge=_lean(condition.edge for condition in conditions),
        exposed=_lean(condition.exposed for condition in conditions),
        can_act=state.status == "active" and not any(condition.skips_action for condition in conditions),
        next_level_xp=next_level_xp(cat.level),
    )


def scene_of(state: CampaignState, budget: Budget) -> Scene:
    """A working copy with its figures computed."""
    return Scene(state=state, derived=derive(state), budget=budget)


def open_scene(state: CampaignState) -> Scene:
    """The working copy a turn starts from: nothing of its budget is spent."""
    return scene_of(state, Budget())


def _lean(directions: Iterable[int]) -> Lean:
    """Advantage and disadvantage cancel out, however many there are of either."""
    seen = set(directions)
    return cast(Lean, (1 in seen) - (-1 in seen))
