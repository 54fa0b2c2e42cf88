"""A candidate meaning of a clause with its score, and how near ones are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import objection, rule_on
from services.dm.domain.reading.meaning import Ask, Deed, Impossible, Meaning
from services.dm.domain.reading.scope import Scope

NEAR = 0.04
"""Two deeds whose scores differ by less are alike near: it is asked which."""


@dataclass(frozen=True)
class Candidate:
    """A possible meaning of a clause, step by step, and what it speaks of."""

    score: float
    meanings: tuple[Meaning, ...]
    about: tuple[Entity, ...] = ()
    apart: bool = False
    """Whether its steps are of different things, none of which waits for another."""
    first: int = 0
    """The number of the first of its steps within the clause: later ones wait for what came before."""


def one(score: float, meaning: Meaning, *about: Entity, first: int = 0) -> Candidate:
    return Candidate(score, (meaning,), about, first=first)


def lawful(score: float, deed: Deed, scope: Scope, *about: Entity, first: int = 0) -> Candidate:
    """The deed, or the refusal the rules have for it."""
    return one(score, rule_on(deed, scope, about[0].name if about else ""), *about, first=first)


def several(
    score: float, deeds: Sequence[Deed], scope: Scope, about: Sequence[Entity], every: bool, phrase: str
) -> Candidate:
    """All of the deeds when all were asked for; of one, that; of more, the question which."""
    if len(deeds) == 1 and not every:
        return lawful(score, deeds[0], scope, *about)
    able = [deed for deed in deeds if not objection(deed, scope)]
    if every:
        return Candidate(score, tuple(able[:20] or [rule_on(deeds[0], scope, about[0].name)]), tuple(about), apart=True)
    if len(able) == 1:
        return one(score, able[0], *about)
    if not able:
        return one(score, rule_on(deeds[0], scope, phrase or about[0].name), *about)
    return one(score, Ask(tuple(able[:6]), phrase), *about)


def missing(score: float, reason: str, looked_for: str, near: Sequence[Entity] = ()) -> Candidate:
    return one(score, Impossible(reason, looked_for, tuple(entity.worth for entity in near[:6])))


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The best; when another deed is as good, both are put to the player."""
    ranked = sorted(candidates, key=lambda candidate: -candidate.score)
    if not ranked:
        return None
    best = ranked[0]
    best_deed = best.meanings[0]
    rivals = [
        c
        for c in ranked[1:]
        if best.score - c.score < NEAR
        and c.meanings != best.meanings
        and _is_deed(c)
        and not _alike(c.meanings[0], best_deed)
    ]
    if rivals and _is_deed(best):
        options = _distinct(deeds_of((best, *rivals)))
        return one(best.score, Ask(options[:6]), *best.about)
    return best


def _alike(one_way: Meaning, other: Meaning) -> bool:
    """The same thing tried in two ways is no question to the player."""
    if not isinstance(one_way, Deed) or not isinstance(other, Deed) or one_way.tool != other.tool:
        return False
    return one_way.tool == "try_feature" and one_way.arguments["feature"] == other.arguments["feature"]


def deeds_of(candidates: Sequence[Candidate]) -> list[Deed]:
    return [meaning for c in candidates for meaning in c.meanings[:1] if isinstance(meaning, Deed)]


def _distinct(deeds: Sequence[Deed]) -> tuple[Deed, ...]:
    found: list[Deed] = []
    for deed in deeds:
        if deed not in found:
            found.append(deed)
    return tuple(found)


def _is_deed(candidate: Candidate) -> bool:
    return len(candidate.meanings) == 1 and isinstance(candidate.meanings[0], Deed)
