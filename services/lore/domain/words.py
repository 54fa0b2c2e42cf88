"""Words of a text as retrieval compares them, and names as a reader would recognise them."""

from __future__ import annotations

import re
from functools import lru_cache

_STOP = """
a about after all am an and any are around as ask at be been but by can could did do does for from get go
goes had has have he her here him his how i if in into is it its just let look me my no not now of off on one or out
over say see she so some tell than that the their them then there they this to too try up us use very want was we were
what when where which who why will with would you your
"""
STOP_WORDS = frozenset(re.findall(r"\w+", _STOP))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def tokens(text: str) -> tuple[str, ...]:
    """Lower-case words without stop words, possessives and the plural s, in order."""
    words = (_stem(w) for w in _WORD.findall(text.casefold()))
    return tuple(w for w in words if len(w) > 1 and w not in STOP_WORDS)


def _stem(word: str) -> str:
    word = re.split(r"['’]", word, maxsplit=1)[0]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def speaks_of(text: str, name: str) -> bool:
    """Does `text` contain `name` as whole words, whatever the case?"""
    return bool(_pattern(name).search(text))


@lru_cache(maxsize=2048)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(w) for w in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
