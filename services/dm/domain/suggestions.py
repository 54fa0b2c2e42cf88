"""Suggested actions: what the rules would take now, in words that a player would type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.ideas import (
    WAITING,
    Idea,
    blows,
    fighting_ideas,
    needs,
    next_steps,
    offers,
    usual_ideas,
    ways_out,
)

Each = TypeVar("Each")
MOST = 3
LONGEST = 120
"""Characters of one suggestion."""


def suggest(scene: Scene, briefing: Briefing, number: int, near: Iterable[str] = ()) -> tuple[str, ...]:
    """Up to three legal actions. What somebody waits for is always among them: the next step of a quest, and work on
    offer. The others teach what else one can do, each with another verb, and with other verbs next turn. Every third
    turn one of these comes first, so that whoever always takes the first does not walk in a circle. `near`: what an
    action could have meant that nobody understood; it comes before all of these."""
    meant = (words[:1].upper() + words[1:] for words in near)
    words = (*meant, *(idea.words for idea in _rank(scene, briefing, number)))
    ranked = dict.fromkeys(each for each in words if len(each) <= LONGEST)
    return tuple(islice(ranked, MOST))


def _rank(scene: Scene, briefing: Briefing, number: int) -> Iterable[Idea]:
    state, cat = scene.state, scene.state.character
    if state.status == "ended":
        return ()
    if any(condition.skips_action for condition in cat.conditions):
        return (WAITING,)
    if state.encounter:
        attacks, away = tuple(blows(scene)), tuple(ways_out(scene, briefing))
        others = _by_verbs((*fighting_ideas(scene), *attacks[1:], *away), number)
        hurt = cat.hp * 2 < cat.max_hp
        return (*away, *attacks[:1], *others) if hurt else (*attacks[:1], *others)
    pressing = [
        _rotate(tuple(ideas), number)
        for ideas in (needs(scene, briefing), next_steps(scene, briefing), offers(briefing))
    ]
    asked = tuple(idea for ideas in pressing for idea in ideas[:1])
    usual = tuple(idea for idea in usual_ideas(scene, briefing, number) if idea not in asked)
    others = _by_verbs(usual, number, _verbs(asked))
    return (*(others[:1] if number % 3 == 2 else ()), *asked, *others, *_across(pressing))


def _by_verbs(ideas: Iterable[Idea], number: int, after: frozenset[str] = frozenset()) -> tuple[Idea, ...]:
    """One idea of each verb, beginning with two that were not first the turn before; then the rest. Verbs that stand
    beside them already (`after`) come last."""
    verbs: dict[str, list[Idea]] = {}
    for idea in ideas:
        verbs.setdefault(_verb(idea), []).append(idea)
    own = tuple(_rotate(tuple(found), number) for verb, found in verbs.items() if verb not in after)
    turned = _rotate(own, (number - 1) * (MOST - 1))
    late = (_rotate(tuple(found), number) for verb, found in verbs.items() if verb in after)
    return tuple(_across((*turned, *late)))


def _across(rows: Iterable[tuple[Idea, ...]]) -> Iterator[Idea]:
    """The first of each row, then the second of each."""
    rows = tuple(rows)
    for at in range(max(map(len, rows), default=0)):
        yield from (row[at] for row in rows if at < len(row))


def _verbs(ideas: Iterable[Idea]) -> frozenset[str]:
    return frozenset(_verb(idea) for idea in ideas)


def _verb(idea: Idea) -> str:
    return idea.words.split()[0]


def _rotate(ideas: tuple[Each, ...], number: int) -> tuple[Each, ...]:
    start = number % len(ideas) if ideas else 0
    return (*ideas[start:], *ideas[:start])
