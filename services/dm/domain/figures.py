"""Amounts in prose: "12 damage", "forty credits", "a hundred and five hit points"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = (
    r"(?:points? of )?(?:damage|hit points?|hp|health|credits?|xp|experience(?: points?)?|energy(?: points?)?|levels?)"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_SMALL = {word: value for value, word in enumerate(_ONES.split())}
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * n for n, word in enumerate(_ROUND.split(), start=2)}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_NUMERAL = "|".join(sorted((*_SMALL, *_TENS, *_LARGE), key=len, reverse=True))
_DIGITS = re.compile(rf"\b(\d[\d,]*)\s+(?:\w+\s+)?{_UNITS}\b", re.IGNORECASE)
_SPELT = re.compile(
    rf"\b((?:an?\s+)?(?:{_NUMERAL})(?:(?:\s+and\s+|[\s-]+)(?:{_NUMERAL}))*)\s+(?:\w+\s+)?{_UNITS}\b", re.IGNORECASE
)


def claimed(text: str) -> Iterator[tuple[str, int]]:
    """Amounts written in digits, with their wording."""
    for match in _DIGITS.finditer(text):
        yield match.group(), int(match.group(1).replace(",", "")[:12])


def spelt(text: str) -> Iterator[tuple[str, int]]:
    """Amounts written in words, with their wording."""
    for match in _SPELT.finditer(text):
        yield match.group(), value_of(match.group(1))


def value_of(numeral: str) -> int:
    """The value of an English numeral up to the millions: "three hundred and twelve" is 312."""
    total = part = 0
    for word in re.split(r"[\s-]+", numeral.casefold()):
        if word in _SMALL or word in _TENS:
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred":
            part = max(1, part) * 100
        elif word in _LARGE:
            total, part = total + max(1, part) * _LARGE[word], 0
    return total + part
