"""Words that are English, whether or not anything here is called so: none of them is a slip of the keys.

The list is read when a word is first asked for, and searched as the sorted text that it is: few actions have a word
that is not known otherwise, and a set of all would take 4 MB and longer to make than all that is asked of it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "real_words.txt"
"""One word a line, in lower case and as it is inflected. Whose they are is in `real_words.LICENCE` beside it."""


def is_real(word: str) -> bool:
    """Whether it is an English word in use, of three letters or more."""
    text = _text()
    at = bisect_left(range(len(text)), word, key=lambda place: _line_at(place, text))
    return at < len(text) and _line_at(at, text) == word


def _line_at(place: int, text: str) -> str:
    return text[text.rfind("\n", 0, place) + 1 : text.find("\n", place)]


@cache
def _text() -> str:
    return WORDS.read_text(encoding="utf-8")
