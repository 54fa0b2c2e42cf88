"""Requests to check a reply, made of a situation as the workflow makes them."""

from __future__ import annotations

from functools import cache
from typing import Any

from contracts.dm import DungeonMasterReplied, ValidateAndRoute
from contracts.envelope import Envelope
from contracts.lore import LoreRetrieved
from contracts.steps import STEPS
from ninelives.evaluation.local_turn import TurnInProgress
from ninelives.evaluation.situations import fresh, situation


def write_request(
    name: str, action: str, *, at_start: bool = False, tools_allowed: bool = True, **said: Any
) -> ValidateAndRoute:
    """The request to check a model's reply in the situation of this name. `said`: fields of the reply; `at_start`:
    before anything was tried."""
    turn, lore = turn_of(name, at_start), _lore(name, action, at_start)
    return ValidateAndRoute(
        envelope=_envelope(turn, STEPS.check),
        reply=DungeonMasterReplied(envelope=_envelope(turn, STEPS.dm), told_by="model", **said),
        action=action,
        scene=turn.scene,
        briefing=lore.briefing,
        names=lore.names,
        guarded=lore.guarded,
        passages=lore.passages,
        common=lore.common,
        rounds=turn.asked.rounds,
        tools_allowed=tools_allowed,
    )


@cache
def turn_of(name: str, at_start: bool = False) -> TurnInProgress:
    """The turn in this situation, or the one that begins in its scene."""
    return fresh(situation(name)) if at_start else situation(name)


def figures_of(turn: TurnInProgress) -> dict[str, Any]:
    """The figures that texts may refer to by name. `foe` is the id of whoever stands first in the fight."""
    cat, fight = turn.scene.state.character, turn.scene.state.encounter
    foe = next((enemy for enemy in fight.enemies if enemy.hp), None) if fight else None
    hurts = [each for outcome in turn.outcomes for each in outcome.effects if each.kind == "damaged"]
    return {
        "hp": cat.hp,
        "max_hp": cat.max_hp,
        "energy": cat.energy,
        "credits": cat.credits,
        "foe": foe.id if foe else "nobody",
        "foe_hp": foe.hp if foe else 0,
        "dealt": sum(each.amount for each in hurts if each.target != "character"),
        "taken": sum(each.amount for each in hurts if each.target == "character"),
    }


def fill_in(text: str, figures: dict[str, Any]) -> str:
    """A text with `{name}` replaced by the scene's figure of that name; other braces stay."""
    for name, figure in figures.items():
        text = text.replace("{" + name + "}", str(figure))
    return text


@cache
def _lore(name: str, action: str, at_start: bool) -> LoreRetrieved:
    return turn_of(name, at_start).lore(action)


def _envelope(turn: TurnInProgress, step: str) -> Envelope:
    envelope, first = turn.start.envelope, step.format(round=0, provider="model", repairs=0)
    return envelope.model_copy(update={"idempotency_key": f"{envelope.turn_id}/{first}"})
