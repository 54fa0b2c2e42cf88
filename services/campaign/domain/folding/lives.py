"""What follows when a cat has no hit points left."""

from __future__ import annotations

from contracts.effects import LifeLost
from contracts.state import Scene
from services.campaign.domain.bounds import PLACES
from services.campaign.domain.folding.places import charted
from services.campaign.domain.folding.working import with_cat, with_state

NINE_LIVES_SPENT = "nine-lives-spent"
"""The ending that no world pack has to write."""


def life_lost(scene: Scene, cause: str) -> tuple[Scene, LifeLost]:
    """Take a life: a quarter of the credits (rounded down), all conditions and the fight go with it.

    The cat wakes in its haven with half its hit points (rounded up). After the ninth it does not wake: hit points
    stay at zero and the campaign is over; a story that had just ended otherwise keeps that ending.
    """
    state, cat = scene.state, scene.state.character
    lost = cat.credits // 4
    lives = cat.lives - 1
    scene = with_state(with_cat(scene, lives=lives, credits=cat.credits - lost, conditions=()), encounter=None)
    if lives > 0:
        places = charted(state.places, state.haven, ())[:PLACES]
        scene = with_state(with_cat(scene, hp=-(-cat.max_hp // 2)), place=state.haven, places=places)
    elif state.status == "active":
        scene = with_state(scene, status="ended", ending=NINE_LIVES_SPENT)
    return scene, LifeLost(cause=cause, lives_left=lives, credits_lost=lost)
