"""Rules for the names of characters: one visible line without quotation marks.

A name stands in the game master's prompt, in quotation marks, and on terminals. The contract's schema is released and
takes more, so names are looked at here. Campaigns whose names are older than these rules go on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from services.gateway.domain.rejections import InvalidName

QUOTATION_MARKS = frozenset('"“”„‟«»‹›″‴⁗‶‷〝〞〟＂❝❞❠⹂🙶🙷🙸ʺ˝ˮ״')
"""All that could open or close a quotation. An apostrophe is none: O'Malley is a name."""
LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks by their category that nobody can see."""
SELECTORS = frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE0F), *range(0xE0000, 0xE1000))))
"""Variation selectors and tags, some of them not assigned yet; the one of emoji is not among them."""


def require_name(name: str) -> str:
    """The name itself. Raises InvalidName with every rule it breaks."""
    broken = find_broken_rules(name)
    if broken:
        raise InvalidName(broken)
    return name


def find_broken_rules(name: str) -> tuple[str, ...]:
    """Which rules this one breaks, in words; none when it may be a character's."""
    found = [rule for rule, is_wrong in _RULES.items() if any(map(is_wrong, name))]
    if not found and not any(map(_is_visible, name)):
        found.append("needs a letter, a digit or another sign that can be seen")
    return tuple(found)


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" and sign not in LINE_BREAKS


def _is_invisible(sign: str) -> bool:
    """Also what turns the direction of text, and what only some fonts of some people show."""
    return sign in FILLERS or sign in SELECTORS or unicodedata.category(sign) in ("Cf", "Cs", "Co")


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" or unicodedata.category(sign) == "Cn"


_RULES: dict[str, Callable[[str], bool]] = {
    "must be one line": LINE_BREAKS.__contains__,
    "must have no quotation marks (an apostrophe is fine)": QUOTATION_MARKS.__contains__,
    "must have no control characters": _is_control,
    "must have no invisible characters, nor any that join signs or turn the direction of text": _is_invisible,
}
