"""What could be done next: actions that the rules would take now, in words that a player would type."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.ideas import WAITING, Idea, fighting, pressing, usual
from services.dm.domain.understudy.reader.reading import read

MOST = 3
LONGEST = 120
"""Characters of one suggestion."""


def suggest(scene: Scene, briefing: Briefing, number: int) -> tuple[str, ...]:
    """Up to three legal actions, at most two of them pressing. The turn's number turns the order, so that whoever
    always takes the first one does not walk in a circle: every third turn it is one of the usual ones.

    Only words are suggested that would be read as they are meant."""
    ranked = {idea.words: idea for idea in _ranked(scene, briefing, number)}
    return tuple(islice((words for words, idea in ranked.items() if _fits(idea, scene, briefing)), MOST))


def _ranked(scene: Scene, briefing: Briefing, number: int) -> Iterable[Idea]:
    state = scene.state
    if state.status == "ended":
        return ()
    if any(condition.skips_action and condition.turns > 1 for condition in state.character.conditions):
        return (WAITING,)
    if state.encounter:
        return fighting(scene, briefing)
    urgent = _turned(pressing(scene, briefing), number)
    others = _turned(usual(scene, briefing, number), number)
    first = (*others[:1], *urgent[:2]) if number % 3 == 2 else urgent[:2]
    return (*first, *others, *urgent)


def _turned(ideas: Iterable[Idea], number: int) -> tuple[Idea, ...]:
    distinct = tuple({idea.words: idea for idea in ideas}.values())
    start = number % len(distinct) if distinct else 0
    return (*distinct[start:], *distinct[:start])


def _fits(idea: Idea, scene: Scene, briefing: Briefing) -> bool:
    return len(idea.words) <= LONGEST and [step.reading for step in read(idea.words, scene, briefing)] == [idea.meant]
