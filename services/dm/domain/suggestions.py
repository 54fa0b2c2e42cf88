"""Suggested actions: what the rules would take now, in words that a player would type."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.ideas import WAITING, Idea, fighting_ideas, pressing_ideas, usual_ideas

MOST = 3
LONGEST = 120
"""Characters of one suggestion."""


def suggest(scene: Scene, briefing: Briefing, number: int) -> tuple[str, ...]:
    """Up to three legal actions, at most two of them pressing. The turn's number turns the order, so that whoever
    always takes the first one does not walk in a circle: every third turn it is one of the usual ones."""
    ranked = dict.fromkeys(idea.words for idea in _ranked(scene, briefing, number))
    return tuple(islice((words for words in ranked if len(words) <= LONGEST), MOST))


def _ranked(scene: Scene, briefing: Briefing, number: int) -> Iterable[Idea]:
    state = scene.state
    if state.status == "ended":
        return ()
    if any(condition.skips_action for condition in state.character.conditions):
        return (WAITING,)
    if state.encounter:
        return fighting_ideas(scene, briefing)
    urgent = _turned(pressing_ideas(scene, briefing), number)
    others = _turned(usual_ideas(scene, briefing, number), number)
    first = (*others[:1], *urgent[:2]) if number % 3 == 2 else urgent[:2]
    return (*first, *others, *urgent)


def _turned(ideas: Iterable[Idea], number: int) -> tuple[Idea, ...]:
    distinct = tuple({idea.words: idea for idea in ideas}.values())
    start = number % len(distinct) if distinct else 0
    return (*distinct[start:], *distinct[:start])
