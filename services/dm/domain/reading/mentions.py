"""Mentions: things named anywhere in a clause, or pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import FILLERS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem

SHOWN = word_set(
    """my the show me check list open view see display look at what is are again of a your all current please pls log
    now tell read s out"""
)


def mention(words: Sequence[str], scope: Scope, *kinds: str) -> Reference:
    """The things of these kinds that are named anywhere in the words, by the longest fitting run of them."""
    content = [w for w in words if w not in SHOWN and w not in FILLERS and w not in AUXILIARIES and w not in WH]
    pool = scope.of(*kinds)
    useful = [w for w in content if meaningful([w])]
    key = (tuple(useful), kinds)
    if key not in scope.mentions:
        scope.mentions[key] = _named_in(useful, pool, scope)
    best = scope.mentions[key]
    return best if best.entities else _pointed_at(words, pool, kinds, scope)


def _named_in(useful: Sequence[str], pool: Sequence[Entity], scope: Scope) -> Reference:
    vocabulary = {word for entity in pool for word in entity.words}
    best = Reference()
    for size in (3, 2, 1):
        for at in range(len(useful) - size + 1):
            part = useful[at : at + size]
            if size > 1 and not any(stem(word) in vocabulary for word in part):
                continue
            found = resolve(part, scope, among=pool)
            longer = (_WHOLLY if found.score >= 1.0 else _LONGER) * (size - 1)
            if found.entities and found.named and found.score + longer > best.score:
                best = Reference(found.entities, found.score + longer, found.phrase, found.all, True)
    return best


_LONGER, _WHOLLY = 0.03, 0.1
"""Worth of each further word of a name, and where every one of them is a word of the name."""


def _pointed_at(words: Sequence[str], pool: Sequence[Entity], kinds: Sequence[str], scope: Scope) -> Reference:
    """The things that a pronoun of a question means: in a fight the enemies, else what was spoken of last."""
    if POINTING & set(words) and not set(kinds) <= {"ability", "way", "place", "quest", "offer", "condition"}:
        pronoun = next(word for word in words if word in POINTING)
        foes = scope.of("foe")
        if foes and pronoun in ("it", "them", "they"):
            return Reference(foes, 0.7, pronoun) if set(foes) <= set(pool) else Reference()
        found = resolve([pronoun], scope, among=pool)
        if found.one and found.entities[0] in (*scope.recent, *scope.spoken_of[:3]):
            return Reference(found.entities, 0.7, pronoun)
    return Reference()


POINTING = word_set("it its this that they them their these those")
WHOM = word_set("him her")
