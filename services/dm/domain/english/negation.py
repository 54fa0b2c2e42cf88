"""Negation and supposition: what a text says is not so, and what it only imagines."""

from __future__ import annotations

from services.dm.domain.english.tokens import fold, words
from services.dm.domain.english.word_lists import read_words

_DENIALS = read_words("denials")
_SUPPOSITIONS = read_words("suppositions")


def denies(text: str) -> bool:
    """Whether this says that something is not so, or hardly."""
    return not _DENIALS.isdisjoint(words(text)) or "n't" in fold(text)


def supposes(text: str) -> bool:
    """Whether this tells something as imagined, wanted or remembered rather than as so."""
    return not _SUPPOSITIONS.isdisjoint(words(text))
