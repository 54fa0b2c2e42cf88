"""Words of a text: as they stand, to compare names, and with contractions written out, to understand deeds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 1024
"""Texts whose words are kept: the names and descriptions of a scene are read again with every sentence of a story."""
_WORD = re.compile(r"[^\W_]+")
_PLAIN_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_STRAIGHT = str.maketrans("’‘“”´`", "''\"\"''")
_CONTRACTED = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "dont": ("do", "not"),
    "im": ("i", "am"),
}
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": ""}


def fold(text: str) -> str:
    """Lower case, without accents, with straight quotes; everything else as it stands."""
    if text.isascii():
        return text.replace("`", "'").lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_STRAIGHT))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """The words of a text as they stand, in any script, folded; an apostrophe divides ("cat's" is two)."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(_REMEMBERED)
def join_words(text: str) -> str:
    """The words of a text, separated by single blanks: two texts that read the same are equal in it."""
    return " ".join(words(text))


@lru_cache(_REMEMBERED)
def written_out(text: str) -> tuple[str, ...]:
    """The English words of a text, contractions written out ("can't" is "can not") and possessives dropped."""
    found = (part for word in _PLAIN_WORD.findall(fold(text)) for part in _write_out(word))
    return tuple(part for part in found if part)


def _write_out(word: str) -> tuple[str, ...]:
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    for ending, full in _ENDINGS.items():
        if word.endswith(ending):
            return (word.removesuffix(ending), full)
    return (word.replace("'", ""),)
