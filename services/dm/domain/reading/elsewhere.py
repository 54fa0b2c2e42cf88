"""People who are not here: whoever goes to them goes to where they are, and nobody else is meant by their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import act
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.meaning import Impossible
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import Verb

_NAMED = 0.9
"""The least score of a name that is somebody's who is elsewhere."""


def find_away(words: Sequence[str], scope: Scope) -> Entity | None:
    """The one person elsewhere that the words name, better than they name anybody here."""
    found = mention(words, scope, "away")
    if not found.one or not found.named or found.score < _NAMED:
        return None
    here = mention(words, scope, "person", "foe", "spawn", "feature", "item", "find", "ware", "topic")
    return found.one if not here.named or here.score < found.score - 0.05 else None


def goes_to(verb: Verb, whom: Entity, score: float, scope: Scope) -> Candidate | None:
    """The way next door to where somebody is; None when it is farther."""
    ways = [way for way in scope.of("way") if way.thing.to.id == whom.thing.at.id]
    ways = [way for way in ways if not way.thing.locked] or ways
    if not ways:
        return None
    deeds = [act(verb, "move_to", place=way.id) for way in ways[:1]]
    return several(score, deeds, scope, ways[:1], False, whom.name)


def with_destination(clause: Clause, ahead: Clause | None, scope: Scope) -> Clause:
    """ "go back and tell auntie": who only goes, goes to whom something is to be said or given next."""
    if ahead is None or clause.question or clause.negated or not clause.words or not _GOING.issuperset(clause.words):
        return clause
    whom = find_away(ahead.words, scope)
    if whom is None or scope.fighting:
        return clause
    return replace(clause, words=(*clause.words, "to", *tokens(whom.name)))


_GOING = word_set("go goes head run walk return hurry back out up down there straight home over now again quickly")


def not_here(whom: Entity, score: float, towards: Sequence[str] = ()) -> Candidate:
    return one(score, Impossible("not-here", whom.name, tuple(towards)))
