"""Slips of the keys in words that are no verbs. Verbs are respelt where they are heard, never as a guarded deed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.dm.domain.english.real_words import is_real
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.phrasing_model import weights
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import hear, is_common, is_known, is_verb

SHORTEST = 4
"""Letters of a word from which on it can be a slip of another."""
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def mend(words: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """The words, with each that nobody knows respelt as one a single slip away: of the scene, else of English."""
    return tuple(_mend_word(word, scope) for word in words)


def _mend_word(word: str, scope: Scope) -> str:
    word = _shorten(word)
    if len(word) < SHORTEST or not word.isalpha() or _is_of_the_scene(word, scope) or _is_english(word):
        return word
    if is_real(word) or (word.endswith("ly") and _is_english(word[:-2])):
        return word
    near = [like for like in dict.fromkeys(_slips(word)) if len(like) >= SHORTEST]
    return next(
        (like for like in near if _is_of_the_scene(like, scope) and not _is_guarded(like)),
        next((like for like in near if _is_english(like) and not is_verb(like)), word),
    )


def _shorten(word: str) -> str:
    """ "awayyyy" is "away", "coool" is "cool"."""
    if not _DRAWN_OUT.search(word) or is_common(word):
        return word
    twice, once = _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)
    return twice if _is_english(twice) else once


def _is_of_the_scene(word: str, scope: Scope) -> bool:
    return word in scope.vocabulary or stem(word) in scope.vocabulary


def _is_guarded(word: str) -> bool:
    return any(verb.sense in GUARDED for verb in hear((word,)))


def is_known_here(word: str, scope: Scope) -> bool:
    """Whether it is a word of the scene or of the language, not noise."""
    return _is_of_the_scene(word, scope) or _is_english(word)


def _is_english(word: str) -> bool:
    return word in english_words() or stem(word) in english_words() or is_known(word) or is_verb(word)


def english_words() -> frozenset[str]:
    """Words of the bank of phrasings."""
    return weights().words


def _slips(word: str) -> Iterator[str]:
    """Words one slip away, the likeliest first: two letters swapped, one too many, one wrong, one left out."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1)
    yield from (a + b[1:] for a, b in halves[1:] if b)
    yield from (a + letter + b[1:] for a, b in halves[1:] if b for letter in _LETTERS)
    yield from (a + letter + b for a, b in halves[1:] for letter in _LETTERS)
