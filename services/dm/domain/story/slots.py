"""Slots: places in a beat's text that code fills in, so that what stands there is right.

A text is verified with its slots still marked: what code is going to write there needs no checking. A name is written
at once, for a sentence is about whom it names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.dm.domain.facts import TurnFact

_SLOT = re.compile(r"\{\s*([a-z]\w*)\s*[.:]\s*([\w-]+)\s*\}")
MARK = re.compile(r"⟦(f\d+)\.([\w-]+)⟧")
_BRACES = re.compile(r"[{}]")
_SAME = {
    **{"damage": "amount", "healing": "amount", "target": "foe", "enemy": "foe", "who": "npc", "name": "foe"},
    **{"gained": "item", "to": "place", "lives": "lives_left", "hp": "hp_gained"},
}
COUNTS = {
    "amount": ("damage", "points", "health", "energy", ""),
    "credits": ("credits", ""),
    "credits_lost": ("credits", ""),
    "lives_left": ("lives", ""),
    "level": ("level", ""),
    "hp_gained": ("health", "points", ""),
    "total": ("",),
    "target": ("",),
}
"""Units that a figure may count, by its part."""
_NAMES = frozenset(("foe", "npc", "weapon", "feature", "way", "shop", "place", "quest", "item", "used", "ability"))
"""Parts that are names."""


class WrongSlot(ValueError):
    """A slot that names what is not there."""


def mark_slots(text: str, facts: Mapping[str, TurnFact], names: Mapping[str, str]) -> str:
    """The text with its names written in, and its other slots marked. `names`: of what is here, by id. Raises WrongSlot
    for a slot that cannot be filled."""

    def mark(slot: re.Match[str]) -> str:
        about, part = slot.groups()
        if about not in facts:
            if part not in names:
                raise WrongSlot(slot.group())
            return names[part]
        value = _part(facts[about], part)
        return value if _SAME.get(part, part) in _NAMES else f"⟦{about}.{part}⟧"

    marked = _SLOT.sub(mark, text.replace("⟦", "").replace("⟧", ""))
    if _BRACES.search(marked):
        raise WrongSlot(marked)
    return marked


def fill_slots(marked: str, facts: Mapping[str, TurnFact]) -> str:
    """The text with its marked slots filled."""
    return MARK.sub(lambda slot: _part(facts[slot.group(1)], slot.group(2)), marked)


def part_of(slot: str) -> str:
    """The part that a marked slot stands for."""
    match = MARK.fullmatch(slot)
    part = match.group(2) if match else ""
    return _SAME.get(part, part)


def _part(fact: TurnFact, part: str) -> str:
    parts = fact.happening.parts
    if part == "verdict":
        return _verdict(fact)
    told = parts.get(part) or parts.get(_SAME.get(part, ""))
    if not told:
        raise WrongSlot(part)
    return told


def _verdict(fact: TurnFact) -> str:
    """The verdict of a fact, in the words of the rules. Raises WrongSlot for one that has none."""
    known = fact.happening.parts.get("verdict")
    if known:
        return known
    if "total" in fact.happening.parts:
        return "success" if fact.happening.margin >= 0 else "failure"
    raise WrongSlot("verdict")
