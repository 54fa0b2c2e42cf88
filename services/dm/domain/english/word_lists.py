"""Lists of words, written the way one reads them."""

from __future__ import annotations


def lexicon(text: str) -> frozenset[str]:
    """The words of a plain text, each once."""
    return frozenset(text.split())
