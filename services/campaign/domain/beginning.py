"""The beginning of turns before time passed in the world's answer: with a tick, whatever was done. Their records are
folded so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.effects import TurnBegan
from services.campaign.domain.derive import open_scene, scene_of
from services.campaign.domain.folding.consequences import take_life
from services.campaign.domain.folding.tick import fatal_condition, tick

if TYPE_CHECKING:
    from contracts.effects import Consequence
    from contracts.state import CampaignState, Scene


def begin(state: CampaignState) -> tuple[Scene, tuple[Consequence, ...]]:
    """The working copy such a turn started from, and what its beginning did. Who lost a life to a condition woke in
    the haven with the whole turn still ahead."""
    opening: tuple[Consequence, ...] = (TurnBegan(),)
    scene = tick(open_scene(state))
    if cause := fatal_condition(state.character):
        scene, lost = take_life(scene, cause)
        opening = (*opening, lost)
    return scene_of(scene.state, scene.budget), opening
