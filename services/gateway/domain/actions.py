"""Rules for what a player types: visible text in lines. What is pasted along with it and cannot be seen is taken out.

The contract's schema is released and takes more. Actions that are older than these rules stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from services.gateway.domain.signs import AS_EMOJI, JOINER, LINE_BREAKS, is_control, is_emoji, is_invisible, is_visible


def clean_action(action: str) -> str:
    """The action as everybody sees it; empty when nothing of it can be seen."""
    lines = "\n".join(action.splitlines())
    cleaned = "".join(_filter_visible(lines)).strip()
    return cleaned if any(map(is_visible, cleaned)) else ""


def _filter_visible(text: str) -> Iterator[str]:
    before = ""
    for sign, after in pairwise(f"{text}\n"):
        if sign == "\t":
            yield " "
        elif sign in LINE_BREAKS or not (is_control(sign) or is_invisible(sign)) or _joins(sign, before, after):
            yield sign
        before = before if sign == AS_EMOJI else sign


def _joins(sign: str, before: str, after: str) -> bool:
    """Whether it makes one emoji of two."""
    return sign == JOINER and bool(before) and is_emoji(before) and is_emoji(after)
