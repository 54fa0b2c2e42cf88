"""Words of a text as retrieval compares them, and names as a reader would recognise them.

Stems are Snowball's English ones (Porter's second algorithm), by the library of the people who keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from Stemmer import Stemmer

_STOP = """
a about after all am an and any are around as ask at be been but by can could did do does for from get go
goes had has have he her here him his how i if in into is it its just let look me my no not now of off on one or out
over say see she so some tell than that the their them then there they this to too try up us use very want was we were
what when where which who why will with would you your
"""
STOP_WORDS = frozenset(re.findall(r"\w+", _STOP))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’]")
_stem = Stemmer("english").stemWord


def tokens(text: str) -> tuple[str, ...]:
    """Stems of the words that tell something, in order."""
    return tuple(_stem(word) for word in split(text) if is_telling(word))


def split(text: str) -> Iterator[str]:
    """Words in lower case, without what follows an apostrophe."""
    return (_APOSTROPHE.split(word, maxsplit=1)[0] for word in _WORD.findall(text.casefold()))


def is_telling(word: str) -> bool:
    """Is it more than a letter, and none of those that every question has?"""
    return len(word) > 1 and word not in STOP_WORDS


def speaks_of(text: str, name: str) -> bool:
    """Does `text` contain `name` as whole words, whatever the case?"""
    return bool(_pattern(name).search(text))


@lru_cache(maxsize=2048)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(w) for w in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
