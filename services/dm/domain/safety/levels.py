"""Levels of content: what a campaign's story may hold, and never more than its deployment lets it."""

from __future__ import annotations

from contracts.state import CONTENT_LEVELS, USUAL_CONTENT, ContentLevel, Scene


def hold_to(scene: Scene, ceiling: ContentLevel) -> Scene:
    """The scene with the level that holds: what its player asked for, the usual one where nothing was asked, and no
    looser than the ceiling."""
    asked = scene.state.content or USUAL_CONTENT
    held = min(asked, ceiling, key=CONTENT_LEVELS.index)
    if held == scene.state.content:
        return scene
    return scene.model_copy(update={"state": scene.state.model_copy(update={"content": held})})


def level_of(scene: Scene) -> ContentLevel:
    """The level of a scene; the usual one where none was set."""
    return scene.state.content or USUAL_CONTENT
