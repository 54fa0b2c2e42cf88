"""Language: whether a player types in English, the language the game is played and told in."""

from __future__ import annotations

import unicodedata

from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import read_words

_EVERYDAY = read_words("everyday_english")
_FOREIGN = read_words("foreign")


def is_foreign(text: str) -> bool:
    """Whether a player's text is most likely in a language other than English."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return False
    if sum("LATIN" not in unicodedata.name(c, "LATIN") for c in letters) * 2 > len(letters):
        return True
    said = written_out(text)
    return sum(word in _FOREIGN for word in said) > sum(word in _EVERYDAY for word in said)
