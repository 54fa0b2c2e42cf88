"""Resolving a noun phrase: by name, alias, kind, adjective, ordinal, pronoun, superlative, everything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.antecedents import antecedents
from services.dm.domain.reading.english.function_words import ORDINALS
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.likeness import ALIKE, ENOUGH, likeness, whole_name
from services.dm.domain.reading.noun_phrases import Phrase, take_apart
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.slips import name_as_here
from services.dm.domain.reading.stature import extreme

WHOLE_NAME = 1.1
"""The score of a name that is said as it is written."""
_EVERYBODY = word_set("everyone everybody all both each")
_GATHERED = word_set("find item ware foe spawn offer")
_COUNTED = word_set("foe fallen spawn ware offer")


@dataclass(frozen=True)
class Reference:
    """The entities that a phrase may mean. Several are alike near, unless `all` of them are meant."""

    entities: tuple[Entity, ...] = ()
    score: float = 0.0
    phrase: str = ""
    all: bool = False
    named: bool = False
    """Whether a word of the phrase itself, not only a pronoun or the lack of others, leads to it."""
    quantity: int = 1

    @property
    def one(self) -> Entity | None:
        return self.entities[0] if len(self.entities) == 1 else None


def resolve(words: Sequence[str], scope: Scope, *kinds: str, among: Sequence[Entity] | None = None) -> Reference:
    """The entities of these kinds that the words mean, best first; none when nothing is like them."""
    pool = tuple(among) if among is not None else scope.of(*kinds)
    if not words or not pool:
        return Reference(phrase=" ".join(words))
    phrase = take_apart(words)
    if phrase.superlative and not extreme(pool, phrase.superlative):
        phrase = take_apart(words, measured=False)
    found, score = _by_any_name(phrase, pool, scope)
    named = bool(found) and score > 0
    if not found and not _content(phrase, pool):
        found, score = _without_words(phrase, pool, scope)
    if not found:
        return Reference(phrase=phrase.text)
    found = _narrow(found, phrase, scope)
    they = "one" not in words and phrase.pronoun in ("them", "those", "these", "em", "they")
    plural = phrase.every or (they and not phrase.content and len(found) > 1)
    return Reference(found, score, phrase.text, plural and len(found) > 1, named, max(1, phrase.quantity))


def _by_any_name(phrase: Phrase, pool: tuple[Entity, ...], scope: Scope) -> tuple[tuple[Entity, ...], float]:
    """The entities that the words name, and how well. Cached: asked again for every verb that a clause may have."""
    key = (phrase, pool)
    if key not in scope.mentions:
        whole = _by_whole_name(phrase.text, pool)
        scope.mentions[key] = (whole, WHOLE_NAME) if whole else _by_words(phrase, pool, scope)
    found: tuple[tuple[Entity, ...], float] = scope.mentions[key]
    return found


def _by_whole_name(text: str, pool: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities whose name is in the words as it is written; of several the longest."""
    said = f" {text} "
    called = [
        (len(name), entity) for entity in pool for name in map(whole_name, entity.names) if name and f" {name} " in said
    ]
    longest = max((size for size, _ in called), default=0)
    return tuple(dict.fromkeys(entity for size, entity in called if size == longest))


def _content(phrase: Phrase, pool: Sequence[Entity]) -> tuple[str, ...]:
    """Content words, and an ordinal where it is part of a name ("Dryer Nine")."""
    number = next((w for w in phrase.text.split() if w in ORDINALS), "")
    if number and phrase.ordinal:
        names = {w for w, n in ORDINALS.items() if n == phrase.ordinal}
        if any(names & entity.words.keys() for entity in pool if entity.kind != "foe"):
            return (*phrase.content, number) if number not in phrase.content else phrase.content
    return tuple(word for word in phrase.content if word not in ORDINALS)


def _by_words(phrase: Phrase, pool: Sequence[Entity], scope: Scope) -> tuple[tuple[Entity, ...], float]:
    content = _content(phrase, pool)
    if not content:
        return (), 0.0
    ranked = [(likeness(content, entity), entity) for entity in pool]
    best = max(score for score, _ in ranked)
    if best < 0.75 and (mended := name_as_here(content, pool, scope)) != content:
        other = [(likeness(mended, entity) * 0.95, entity) for entity in pool]
        if max(score for score, _ in other) > best:
            ranked, best = other, max(score for score, _ in other)
    if best < ENOUGH:
        return (), 0.0
    return tuple(entity for score, entity in sorted(ranked, key=lambda r: -r[0]) if score >= best - ALIKE), best


def _without_words(phrase: Phrase, pool: Sequence[Entity], scope: Scope) -> tuple[tuple[Entity, ...], float]:
    """The entities that a pronoun, an ordinal, a superlative or "everything" means of these."""
    if phrase.every:
        people = _EVERYBODY & set(phrase.text.split())
        return tuple(entity for entity in pool if entity.kind in _GATHERED or (people and entity.kind == "person")), 0.8
    if phrase.superlative:
        return extreme([entity for entity in pool if entity.kind != "fallen"], phrase.superlative), 0.8
    if phrase.pronoun in ("them", "they", "those", "these", "em"):
        foes = tuple(entity for entity in pool if entity.kind in ("foe", "spawn"))
        others = [entity for entity in pool if entity.kind != "feature"]
        return (foes, 0.75) if foes else (antecedents(phrase.pronoun, others, scope), 0.7)
    if phrase.ordinal or phrase.other:
        counted = tuple(entity for entity in pool if entity.kind in _COUNTED)
        return counted, 0.7
    if phrase.pronoun:
        found = antecedents(phrase.pronoun, pool, scope)
        spoken = any(entity in scope.recent or entity in scope.spoken_of for entity in found)
        sure = spoken or any(entity.kind in ("foe", "person") for entity in found)
        return found if found[1:] and found[0].kind == "foe" else found[:1], 0.7 if sure else 0.45
    return (), 0.0


def _narrow(found: tuple[Entity, ...], phrase: Phrase, scope: Scope) -> tuple[Entity, ...]:
    if len(found) < 2:
        return found
    if phrase.superlative:
        return extreme([entity for entity in found if entity.kind != "fallen"], phrase.superlative) or found
    counted = [entity for entity in found if entity.order == phrase.ordinal]
    if phrase.ordinal and counted and {entity.kind for entity in found} <= {"foe", "fallen"}:
        return tuple(counted[:1])
    if phrase.other in ("other", "another", "remaining", "latter"):
        last = next((entity for entity in (*scope.recent, *scope.spoken_of) if entity in found), None)
        return tuple(entity for entity in found if entity is not last) if last else found
    if phrase.other == "last":
        return found[-1:]
    if {entity.kind for entity in found} == {"foe"} and (side := _side(phrase)):
        return found[:1] if side == "first" else found[-1:]
    return found


def _side(phrase: Phrase) -> str:
    """The end of a row that is meant, if any: enemies stand in their order, the first on the left and near."""
    if phrase.other in ("nearest", "closest", "nearby", "nearer", "closer") or _LEFT.search(phrase.text):
        return "first"
    return "last" if phrase.other == "right" else ""


_LEFT = re.compile(r"\b(on|to|at) (the|my|our) left\b|\bleft (one|hand)\b|\bleftmost\b")
"""Not "the one that is left"."""
