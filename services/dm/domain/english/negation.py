"""Negation: what a text says is not so."""

from __future__ import annotations

from services.dm.domain.english.tokens import fold, words
from services.dm.domain.english.word_lists import read_words

_DENIALS = read_words("denials")


def denies(text: str) -> bool:
    """Whether this says that something is not so, or hardly."""
    return not _DENIALS.isdisjoint(words(text)) or "n't" in fold(text)
