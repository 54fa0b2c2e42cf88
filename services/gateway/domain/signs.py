"""Signs of text by what they do to whoever reads it: break a line, command, hide, or be seen."""

from __future__ import annotations

import unicodedata

LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks by their category that nobody can see."""
SELECTORS = frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE0F), *range(0xE0000, 0xE1000))))
"""Variation selectors and tags, some of them not assigned yet; the one of emoji is not among them."""
JOINER, AS_EMOJI = "\u200d", "\ufe0f"


def is_control(sign: str) -> bool:
    """Also U+0080 to U+009F, with which a terminal's escapes begin, too. A line break is none."""
    return unicodedata.category(sign) == "Cc" and sign not in LINE_BREAKS


def is_invisible(sign: str) -> bool:
    """Also what turns the direction of text, and what only some fonts of some people show."""
    return sign in FILLERS or sign in SELECTORS or unicodedata.category(sign) in ("Cf", "Cs", "Co")


def is_visible(sign: str) -> bool:
    return sign not in FILLERS and (unicodedata.category(sign)[0] in "LNPS" or unicodedata.category(sign) == "Cn")


def is_emoji(sign: str) -> bool:
    """Also a colour of skin."""
    return unicodedata.category(sign) == "So" or "\U0001f3fb" <= sign <= "\U0001f3ff"
