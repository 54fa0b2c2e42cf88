"""Phrases nearest to words that were not understood, which could have been meant; and how a deed begins."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.reading import (
    abilities,
    looking,
)
from services.dm.domain.reading.affordances import affordances
from services.dm.domain.reading.meaning import Deed
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.phrasing import nearest_phrases
from services.dm.domain.reading.scope import Scope


def find_near(words: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """The two nearest things it could have meant."""
    found = mention(words, scope, *looking.LOOKED_AT)
    entity = found.entities[0] if found.entities else None
    return nearest_phrases(entity, _kinds_mixed(scope), scope)


def _kinds_mixed(scope: Scope) -> tuple[Deed, ...]:
    """One deed of each kind that is possible."""
    firsts: dict[str, Deed] = {}
    for deed in affordances(scope):
        firsts.setdefault(deed.tool, deed)
    return tuple(firsts.values())


def begins_deed(words: Sequence[str], scope: Scope) -> bool:
    """An ability by its name begins a clause, as a verb does."""
    found = abilities.find_named(words, scope)
    return found is not None and found[1] >= 0.8
