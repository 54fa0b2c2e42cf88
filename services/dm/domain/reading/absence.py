"""Absence: only what is not here is called missing; of a thing in sight the reader says that it cannot be done."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.entities import Entity, aliases_of, content_of
from services.dm.domain.reading.meaning import Impossible
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem

_IN_SIGHT = ("feature", "find", "person", "foe", "spawn", "item", "ware")
_SURELY = 0.9


def _is_head(word: str, entity: Entity) -> bool:
    """Whether the word says what a thing is, not what kind of one: "gulls" does not name a gull beak."""
    return any(name[-1:] == (stem(word),) for name in map(content_of, (entity.name, *aliases_of(entity.thing))))


def as_seen(candidate: Candidate, scope: Scope) -> Candidate:
    """The same; a thing that is here, or that the place is told to have, is not called missing."""
    meaning = candidate.meanings[0]
    if not isinstance(meaning, Impossible) or meaning.reason != "not-here" or not meaning.looked_for:
        return candidate
    words = meaning.looked_for.split()
    found = resolve(words, scope, *_IN_SIGHT)
    if found.one and found.score >= _SURELY and _is_head(words[-1], found.one):
        seen = replace(meaning, reason="cannot", looked_for=found.one.name, near=(found.one.worth,))
    elif stem(words[-1]) in scope.scenery:
        seen = replace(meaning, reason="cannot")
    else:
        return candidate
    return replace(candidate, meanings=(seen, *candidate.meanings[1:]))
