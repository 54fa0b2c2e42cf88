"""The budget of a turn: one action, one move, and whatever the paws can do on the side."""

from __future__ import annotations

from typing import Literal

from contracts.state import Scene
from contracts.tools import CANNOT_ACT, Refusal
from services.tools.domain.ruling import refuse

Spends = Literal["action", "hand", "move", "nothing"]
"""The price of an intent: the turn's action · nothing, but the action while a fight is on · the turn's move ·
nothing."""

ONE_ACTION = "A turn holds one action; small deeds are free outside a fight."
ONE_MOVE = "A turn holds one move to another place."


def takes_action(spends: Spends, scene: Scene) -> bool:
    """Whether an intent of this kind uses up the action in this scene."""
    return spends == "action" or (spends == "hand" and is_fighting(scene))


def is_fighting(scene: Scene) -> bool:
    """Whether enemies stand in a running encounter."""
    fight = scene.state.encounter
    return fight is not None and any(combatant.hp for combatant in fight.enemies)


def unaffordable(spends: Spends, scene: Scene, free: tuple[str, ...]) -> Refusal | None:
    """The refusal when this scene has no room for an intent of this kind, naming the `free` ones; None when it has."""
    if scene.state.status == "ended":
        return refuse("campaign-over", "Nothing happens after the end.", "This story has ended.")
    if spends == "nothing":
        return None
    if not scene.derived.can_act:
        return refuse(CANNOT_ACT, "Some conditions take the turn away.", "You cannot act this turn.")
    if takes_action(spends, scene) and not scene.budget.action:
        legal = () if is_fighting(scene) else free
        return refuse("no-action-left", ONE_ACTION, "There is no time left for that this turn.", legal)
    if spends != "hand" and scene.state.encounter and not is_fighting(scene):
        return refuse(
            "fight-over", "A fight is settled before the next deed.", "The last of them has just fallen.", free
        )
    if spends == "move" and not scene.budget.move:
        return refuse("no-move-left", ONE_MOVE, "You have gone as far as you can this turn.", free)
    return None
