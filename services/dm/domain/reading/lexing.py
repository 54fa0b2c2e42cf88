"""From what was typed to words: one case, one spelling of quotation marks, shorthand written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from services.dm.domain.reading.english.shorthand import ABBREVIATIONS, SHORTHAND

MARKS = frozenset(',.;:!?"()')
_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "—": ",",
        "–": ",",
        "…": ",",
        "&": " and ",
    }
)
_TOKENS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|#\d+|[,.;:!?\"()]")
_SPOKEN = re.compile(r"(?<![a-z0-9])'([^']{2,}?)'(?![a-z0-9])")
"""Words in single quotation marks, which are apostrophes elsewhere."""
_SUSPENSE = re.compile(r"\.{2,}")
_RAISED = re.compile(r"(?:([a-z]+)\s*\+\s*1\b|\+\s*1\s*(?:to\s+)?([a-z]+))")
_TITLE = re.compile(r"\b(mr|mrs|ms|dr|prof)\.")
_YA = re.compile(r"(?<=[a-z]) (?<!\bok )(?<!\boh )(?<!\bwell )ya\b")
"""Not the yes that "ya" is by itself: "here ya go"."""
_PLUS = re.compile(r"\s\+\s")
_POSSESSIVE = re.compile(r"(.+)'s?")
MOST_WORDS = 400


def plain(text: str) -> str:
    """The text in lower case and in the common form of its letters, without what cannot be seen."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return "".join(" " if unicodedata.category(c) in ("Cf", "Cc", "Co", "Cn", "Cs") else c for c in folded)


@lru_cache(maxsize=1_024)
def tokens(text: str) -> tuple[str, ...]:
    """Words and marks. A possessive is followed by "'s"."""
    said = _RAISED.sub(r" raise \1\2 ", said) if (said := plain(text)) and "+" in said else said
    said = _YA.sub(" you", _TITLE.sub(r"\1", said))
    said = _PLUS.sub(" then ", _SUSPENSE.sub(" , ", _SPOKEN.sub(r'"\1"', said)))
    found = _TOKENS.findall(said.replace("-", " ").replace("/", " , "))[:MOST_WORDS]
    words = [word for word in found if word not in MARKS]
    if len(words) == 1 and words[0] in ABBREVIATIONS:
        return (ABBREVIATIONS[words[0]],)
    return tuple(_where(part for token in found for part in _written_out(token)))


def _written_out(token: str) -> list[str]:
    if token in SHORTHAND:
        return SHORTHAND[token].split()
    possessive = _POSSESSIVE.fullmatch(token)
    if possessive:
        return [possessive.group(1), "'s"]
    return token.replace("'", "").split()


def _where(parts: Iterable[str]) -> list[str]:
    """ "were is it" asks where."""
    words = list(parts)
    if len(words) > 1 and words[0] == "were" and words[1] in ("is", "do", "does", "can", "are", "did", "am", "the"):
        words[0] = "where"
    return words
