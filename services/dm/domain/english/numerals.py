"""Numerals in words: "forty", "a hundred and five", "three thousand"."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_SMALL = {word: value for value, word in enumerate(_ONES.split())}
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * n for n, word in enumerate(_ROUND.split(), start=2)}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_NUMERALS = frozenset((*_SMALL, *_TENS, *_LARGE))
NUMERAL = "|".join(sorted(_NUMERALS, key=len, reverse=True))


def is_numeral(word: str) -> bool:
    return word.isdigit() or word in _NUMERALS


def read_number(written: str) -> int:
    """The value of a number in digits or in words."""
    return int(written) if written.isdecimal() else read_numeral(written)


def read_numeral(numeral: str) -> int:
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
