"""Language: whether a text is English, the language the game is played and told in."""

from __future__ import annotations

import unicodedata

from services.dm.domain.english.tokens import words, written_out
from services.dm.domain.english.word_lists import read_words

_FUNCTION_WORDS = read_words("function_words")
_EVERYDAY = read_words("everyday_english")
_FOREIGN = read_words("foreign")
FEWEST_WORDS = 8
LEAST_SHARE = 0.15
"""English prose is 40 to 50 % function words; lists and shouts less, other languages next to nothing."""


def is_english(text: str) -> bool:
    """True also for what is too short to tell."""
    letters = [c for c in text if c.isalpha()]
    if sum(not c.isascii() for c in letters) * 2 > len(letters):
        return False
    said = words(text)
    return len(said) < FEWEST_WORDS or sum(word in _FUNCTION_WORDS for word in said) >= LEAST_SHARE * len(said)


def is_foreign(text: str) -> bool:
    """Whether a player's text is most likely in a language other than English."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return False
    if sum("LATIN" not in unicodedata.name(c, "LATIN") for c in letters) * 2 > len(letters):
        return True
    said = written_out(text)
    return sum(word in _FOREIGN for word in said) > sum(word in _EVERYDAY for word in said)
