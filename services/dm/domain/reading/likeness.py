"""Likeness of words to the name of a thing: by its own words, by their synonyms, by its kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import ORDINALS
from services.dm.domain.reading.english.thesaurus import ENEMY_WORDS, FEATURE_WORDS, PERSON_WORDS, SYNONYMS
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.spelling import stem

ENOUGH = 0.36
"""The least score at which a phrase names something: one word of its description."""
ALIKE = 0.07
_SYNONYM, _GENERIC = 0.8, 0.6
_GENERIC_WORDS = {
    **dict.fromkeys(("foe", "spawn", "fallen"), frozenset(stem(w) for w in ENEMY_WORDS.split())),
    "person": frozenset(stem(w) for w in PERSON_WORDS.split()),
    "feature": frozenset(FEATURE_WORDS.split()),
    "find": word_set("object loot"),
    "item": word_set("object"),
    "quest": word_set("quest job mission task work offer form deal"),
    "offer": word_set("quest job mission task work offer form line dotted deal contract gig"),
    "way": word_set("door exit way passage"),
    "place": frozenset(),
}
_THINGS = ("item", "ware", "find")
_SAME_NUMBER = {
    number: [word for word, other in ORDINALS.items() if other == number] for number in set(ORDINALS.values())
}


@lru_cache(maxsize=4_096)
def whole_name(name: str) -> str:
    """A name as it is read: without its article and its marks."""
    words = [word for word in tokens(name) if word != ","]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def likeness(content: Sequence[str], entity: Entity) -> float:
    """0 … 1.1: how well these words name this entity; the last of them weighs double."""
    worths = [worth_of(word, entity) for word in content]
    score = (sum(worths) + worths[-1]) / (len(worths) + 1)
    if min(worths) >= 0.85 and set(content_of(entity.name)) <= {stem(w) for w in content}:
        score += 0.1
    elif len(content) == 1 and content_of(entity.name)[-1:] == (stem(content[0]),):
        score += ALIKE + 0.01
    return score


def is_all_of_it(words: Sequence[str], entity: Entity) -> bool:
    """Whether every telling word of these is one that this goes by."""
    return all(worth_of(word, entity) > 0.0 for word in take_apart(words).content)


def worth_of(word: str, entity: Entity) -> float:
    base = stem(word)
    direct = max(entity.words.get(base, 0.0), entity.words.get(word, 0.0))
    if direct > _SYNONYM:
        return direct
    if word in ORDINALS and entity.kind != "foe":
        for number_word in _SAME_NUMBER[ORDINALS[word]]:
            if entity.words.get(number_word, 0.0) >= 0.8:
                return entity.words[number_word]
    like = max((entity.words.get(other, 0.0) for other in means(word) if not _only_before(other, entity)), default=0.0)
    if like or direct:
        return max(direct, like * _SYNONYM)
    return _GENERIC if base in _GENERIC_WORDS.get(entity.kind, ()) else 0.0


def _only_before(word: str, entity: Entity) -> bool:
    """Whether the word is in a thing's name but not at its end: a "box" may be a crate, and is no box cutter."""
    name = content_of(entity.name)
    return entity.kind in _THINGS and word in name[:-1] and word != name[-1]


@lru_cache(maxsize=4_096)
def means(word: str) -> tuple[str, ...]:
    """The words a player's word may stand for, in the singular."""
    return tuple({stem(other) for other in SYNONYMS.get(stem(word), SYNONYMS.get(word, ()))})
