"""Scores of how surely a verb and its object together mean a deed."""

from __future__ import annotations

from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.verbs import Verb

_LONGER = 0.06
_SECONDARY = 0.1

PLAIN = 0.9
"""A verb that needs no object, and has none."""
BESIDE = 0.52
"""Such a verb with something said beside it."""
GESTURE = 0.46
"""A gesture: below every deed whose object is here."""
NOTHING_LIKE_IT = 0.42
"""A deed whose object is nothing here: below a gesture by the same verb."""


def weigh(verb: Verb, score: float) -> float:
    """The score of an object, with what the verb adds: a longer phrase is a surer one."""
    bonus = _LONGER * min(2, verb.length - 1) - (_SECONDARY if is_secondary(verb.sense, verb.phrase) else 0.0)
    return (score + bonus) * verb.sure
