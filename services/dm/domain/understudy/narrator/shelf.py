"""Shelves of shops as they are told of: the wares that fit what is asked, or the first few, and how many more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Ware
from services.dm.domain.english.numerals import NUMERAL, read_number
from services.dm.domain.english.tokens import words
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.wanted import kinds_wanted

FITTING, SHOWN = 3, 5
"""So many that fit are named; of all, so many."""
_LEAST = word_set("cheap cheapest cheaper inexpensive lowest")
_MOST = word_set("best dearest priciest strongest finest expensive fanciest")
_ALL = word_set("everything all else rest whole full list other others more")
_MEANS = word_set("afford enough under below within less budget bucks money")
_FIGURE = re.compile(rf"\b(?:\d+|(?!one\b)(?:{NUMERAL})(?:[\s-](?:{NUMERAL}))*)\b")


@dataclass(frozen=True)
class Shelf:
    """The wares told of. `more`: how many others there are; `asked`: whether those were asked for by what they are;
    `lacking`: whether there is nothing of what was asked for."""

    shown: tuple[Ware, ...]
    more: int
    asked: bool = False
    lacking: bool = False


def look_over(request: InvokeDungeonMaster) -> Shelf:
    """The part of the shelf that the action asks for."""
    left = tuple(ware for ware in request.briefing.wares if ware.left)
    said = words(request.action)
    if not _ALL.isdisjoint(said):
        return Shelf(left, 0)
    kinds = kinds_wanted(said)
    fitting = tuple(ware for ware in left if kinds & set(ware.kinds)) if kinds else left
    fitting = _within_means(fitting, said, request.scene.state.character.credits)
    if not _LEAST.isdisjoint(said) or not _MOST.isdisjoint(said):
        dear = not _MOST.isdisjoint(said) and _LEAST.isdisjoint(said)
        fitting = tuple(sorted(fitting, key=lambda ware: ware.price, reverse=dear))
    elif len(fitting) == len(left):
        return Shelf(left[:SHOWN], len(left) - len(left[:SHOWN]))
    shown = fitting[:FITTING]
    if shown:
        return Shelf(shown, len(left) - len(shown), asked=True)
    return Shelf(left[:SHOWN], len(left[SHOWN:]), lacking=True)


def _within_means(wares: tuple[Ware, ...], said: Sequence[str], credits: int) -> tuple[Ware, ...]:
    """Those that cost no more than is named, or than is in the purse, where that is asked."""
    if _MEANS.isdisjoint(said):
        return wares
    named = _FIGURE.search(" ".join(said))
    limit = read_number(named[0]) if named else credits
    return tuple(ware for ware in wares if ware.price <= limit)
