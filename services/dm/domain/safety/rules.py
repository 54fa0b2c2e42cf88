"""Rules of content: what is declined in what is typed and told, at which level. They are `rules.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from contracts.state import CONTENT_LEVELS, ContentLevel
from services.dm.domain.unmasked import unmasked_readings

Category = Literal["self-harm", "minors", "sexual", "hate", "real-people", "coarse"]
"""The one that matters most comes first: it is what a text is declined for."""
CATEGORIES: tuple[Category, ...] = ("self-harm", "minors", "sexual", "hate", "real-people", "coarse")
Side = Literal["typed", "told"]
_PLAY = "play"
_REMEMBERED = 256
"""Texts that are judged once: an action comes again with every round of its turn, what may be suggested with turns."""


@lru_cache(_REMEMBERED)
def find_concern(text: str, level: ContentLevel, side: Side) -> Category | None:
    """The category that this text is declined for at this level of content; None when it is not."""
    play, declined = _expressions(level, side)
    readings = [play.sub(" ", reading) for reading in unmasked_readings(text)]
    return next((category for category, found in declined if any(found.search(reading) for reading in readings)), None)


@cache
def _expressions(
    level: ContentLevel, side: Side
) -> tuple[re.Pattern[str], tuple[tuple[Category, re.Pattern[str]], ...]]:
    """The expression for what is taken out first, and one for each category that is declined here."""
    here: dict[str, list[str]] = {}
    for (category, loosest, where), lines in _sections():
        if where in (side, "both") and CONTENT_LEVELS.index(level) <= CONTENT_LEVELS.index(loosest):
            here.setdefault(category, []).extend(lines)
    declined = ((category, _any(here[category])) for category in CATEGORIES if category in here)
    return _any(here[_PLAY]), tuple(declined)


def _any(lines: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines))


@cache
def _sections() -> tuple[tuple[tuple[str, ContentLevel, str], tuple[str, ...]], ...]:
    """The sections of the file, each with its lines."""
    found: list[tuple[tuple[str, ContentLevel, str], list[str]]] = []
    for line in Path(__file__).with_name("rules.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            category, loosest, where = (*line.strip("[]").split(), "mature", "both")[:3]
            found.append(((category, _level(loosest), where), []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return tuple((head, tuple(lines)) for head, lines in found)


def _level(name: str) -> ContentLevel:
    return next(level for level in CONTENT_LEVELS if level == name)
