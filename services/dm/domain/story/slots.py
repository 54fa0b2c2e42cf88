"""Slots: places in a beat's text that code fills in, so that what stands there is right."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.dm.domain.story.facts import Fact

_SLOT = re.compile(r"\{\s*([a-z]\w*)\s*[.:]\s*([\w-]+)\s*\}")
_BRACES = re.compile(r"[{}]")
_SAME = {
    "damage": "amount",
    "target": "foe",
    "enemy": "foe",
    "who": "npc",
    "name": "foe",
    "gained": "item",
    "to": "place",
}
_VERDICTS = {"critical hit": "critical hit", "hit": "hit", "miss": "miss", "fumble": "fumble"}


class WrongSlot(ValueError):
    """A slot that names what is not there."""


def fill_slots(text: str, facts: Mapping[str, Fact], names: Mapping[str, str]) -> str:
    """The text with its slots filled. `names`: of what is here, by id. Raises WrongSlot for one that cannot be."""

    def fill(slot: re.Match[str]) -> str:
        about, part = slot.groups()
        if about in facts:
            return _part(facts[about], part)
        if part in names:
            return names[part]
        raise WrongSlot(slot.group())

    filled = _SLOT.sub(fill, text)
    if _BRACES.search(filled):
        raise WrongSlot(filled)
    return filled


def _part(fact: Fact, part: str) -> str:
    parts = fact.happening.parts
    if part == "verdict":
        return _verdict(fact)
    told = parts.get(part) or parts.get(_SAME.get(part, ""))
    if not told:
        raise WrongSlot(part)
    return told


def _verdict(fact: Fact) -> str:
    """How it went, in the words of the rules."""
    known = fact.happening.parts.get("verdict")
    if known:
        return _VERDICTS[known]
    if "total" in fact.happening.parts:
        return "success" if fact.happening.margin >= 0 else "failure"
    raise WrongSlot("verdict")
