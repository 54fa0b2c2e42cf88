"""Levels of content in the words of whoever chooses one."""

from __future__ import annotations

from contracts.playerapi import ContentChoice
from contracts.state import USUAL_CONTENT, ContentLevel

_WORDS: dict[ContentLevel, tuple[str, str]] = {
    "family": ("For everybody", "Fights and frights as in a cartoon. No coarse words, no gore, no drugs."),
    "teen": ("From about thirteen", "Danger, wounds and rough words. Nothing sexual."),
    "mature": ("For adults", "Grim, and told as it is. No sex, no hate, nothing about real people."),
}


def content_choices(allowed: tuple[ContentLevel, ...]) -> tuple[ContentChoice, ...]:
    """The levels that a campaign may ask for, of those that the deployment allows, strictest first."""
    usual = USUAL_CONTENT if USUAL_CONTENT in allowed else allowed[-1]
    return tuple(
        ContentChoice(id=level, name=_WORDS[level][0], text=_WORDS[level][1], usual=level == usual) for level in allowed
    )
