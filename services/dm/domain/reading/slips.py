"""Slips of the keys put right by the names in scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.dm.domain.reading.english.thesaurus import SYNONYMS
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import nearest, stem
from services.dm.domain.reading.verbs import is_known


def name_as_here(content: Sequence[str], pool: Sequence[Entity], scope: Scope) -> tuple[str, ...]:
    """The words with slips of the keys put right, by what is in scope."""
    vocabulary, run_together = _names_of(tuple(pool), scope)
    words: list[str] = []
    rest = list(content)
    while rest:
        joined = stem("".join(rest[:2]))
        if len(rest) > 1 and stem(rest[0]) not in vocabulary and joined in vocabulary:
            words.append(joined)
            del rest[:2]
            continue
        word = rest.pop(0)
        whole, sure = nearest(word, run_together) if len(word) > 6 else ("", 0.0)
        words += (
            run_together[whole]
            if sure >= 0.7
            else [word]
            if stem(word) in scope.vocabulary
            else _respell(word, vocabulary)
        )
    return tuple(words)


def _names_of(pool: tuple[Entity, ...], scope: Scope) -> tuple[dict[str, None], dict[str, tuple[str, ...]]]:
    """The words by which these are called, and names of two words run together. Cached: asked for every phrase."""
    key = ("names", pool)
    if key not in scope.mentions:
        vocabulary = {word: None for entity in pool for word, weight in entity.words.items() if weight >= 0.6}
        run_together = {"".join(name): name for entity in pool if len(name := content_of(entity.name)) == 2}
        scope.mentions[key] = (vocabulary, run_together)
    found: tuple[dict[str, None], dict[str, tuple[str, ...]]] = scope.mentions[key]
    return found


def _respell(word: str, vocabulary: Mapping[str, None]) -> list[str]:
    base = stem(word)
    if base in vocabulary or word in vocabulary or is_known(word):
        return [word]
    for cut in range(3, len(word) - 2):
        if word[:cut] in vocabulary and stem(word[cut:]) in vocabulary:
            return [word[:cut], word[cut:]]
    known, score = max(nearest(base, vocabulary), nearest(word, vocabulary), key=lambda found: found[1])
    if score >= 0.7:
        return [known]
    other, score = nearest(
        word, (key for key, means in SYNONYMS.items() if key[0] == word[0] and not means.isdisjoint(vocabulary))
    )
    return [other] if score >= 0.7 else [word]
