"""The working copy that effects are folded over, and the answer of a fold that does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.state import Scene

CHARACTER = "character"
"""The target that is the cat; every other target is the id of a combatant."""


@dataclass(frozen=True)
class No:
    """The precondition of an effect does not hold: `code` for programs, `reason` for the story."""

    code: str
    reason: str


Folded = Scene | No
Fold = Callable[[Any, Scene], Folded]
"""Folds one kind of effect: the changed copy, or why not. Its first parameter is an effect of that kind."""


def with_state(scene: Scene, **changes: Any) -> Scene:
    """The copy with these parts of the state replaced."""
    return scene.model_copy(update={"state": scene.state.model_copy(update=changes)})


def with_cat(scene: Scene, **changes: Any) -> Scene:
    """The copy with these parts of the character replaced."""
    return with_state(scene, character=scene.state.character.model_copy(update=changes))


def with_budget(scene: Scene, **changes: Any) -> Scene:
    """The copy with these parts of the turn's budget replaced."""
    return scene.model_copy(update={"budget": scene.budget.model_copy(update=changes)})
