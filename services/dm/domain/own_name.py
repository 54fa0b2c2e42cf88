"""The character's own name: the player's words, and evidence of nothing but that the character is called so."""

from __future__ import annotations

import re

from contracts.state import Scene

_NAMELESS = "you"


def forget_name(scene: Scene) -> Scene:
    """The scene as evidence: no word or figure of the name is in it."""
    state = scene.state
    nameless = state.character.model_copy(update={"name": _NAMELESS})
    return scene.model_copy(update={"state": state.model_copy(update={"character": nameless})})


def forget_mentions(text: str, scene: Scene) -> str:
    """A text with the character called "you" where it was called by its whole name, so that it may be named without
    its name being known for anything else."""
    name = scene.state.character.name.strip()
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _NAMELESS, text) if name else text
