"""Consequences of a complete outcome: levels that experience gives, and a life that zero hit points take."""

from __future__ import annotations

from contracts.effects import LevelGained, LifeLost
from contracts.state import Scene
from services.campaign.domain.bounds import PLACES
from services.campaign.domain.folding.places import chart
from services.campaign.domain.folding.working import with_cat, with_state
from services.campaign.domain.levels import MAX_HP, level_for

NINE_LIVES_SPENT = "nine-lives-spent"
"""The ending that no world pack has to write."""


def raise_level(scene: Scene) -> tuple[Scene, tuple[LevelGained, ...]]:
    """Raise the level to what the experience gives. One consequence tells of it, however many levels it is."""
    cat = scene.state.character
    level = level_for(cat.xp)
    if level == cat.level:
        return scene, ()
    risen = level - cat.level
    gained = min(MAX_HP - cat.max_hp, risen * cat.hp_per_level)
    grown = with_cat(
        scene,
        level=level,
        choices=cat.choices + risen,
        max_hp=cat.max_hp + gained,
        hp=cat.hp + gained if cat.hp > 0 else 0,
    )
    return grown, (LevelGained(level=level, hp_gained=gained),)


def take_life(scene: Scene, cause: str) -> tuple[Scene, LifeLost]:
    """Take a life: a quarter of the credits (rounded down), all conditions and the fight go with it.

    The cat wakes in its haven with half its hit points (rounded up). After the ninth it does not wake: hit points
    stay at zero and the campaign is over; a story that had just ended otherwise keeps that ending.
    """
    state, cat = scene.state, scene.state.character
    lost = cat.credits // 4
    lives = cat.lives - 1
    scene = with_state(with_cat(scene, lives=lives, credits=cat.credits - lost, conditions=()), encounter=None)
    if lives > 0:
        places = chart(state.places, state.haven, ())[:PLACES]
        scene = with_state(with_cat(scene, hp=-(-cat.max_hp // 2)), place=state.haven, places=places)
    elif state.status == "active":
        scene = with_state(scene, status="ended", ending=NINE_LIVES_SPENT)
    return scene, LifeLost(cause=cause, lives_left=lives, credits_lost=lost)
