"""Words by which somebody asks for a kind of thing, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.dm.domain.english.word_lists import word_set

WANTED: Mapping[str, frozenset[str]] = {
    "heals": word_set(
        "heal heals healing cure medicine potion potions bandage food eat eating hungry snack meal drink health wounds"
    ),
    "weapon": word_set("weapon weapons blade blades sword swords knife knives pointy pointier sharp gun stab fight"),
    "armour": word_set("armour armor armors protection protect shield helmet clothes clothing wear"),
    "gear": word_set("gear clothes clothing wear accessory accessories"),
    "energises": word_set("energy mana power tired"),
    "harms": word_set("throw throwable bomb bombs grenade explosive explosives"),
}
"""By what a ware is told to be, the words that ask for it."""


def kinds_wanted(words: Iterable[str]) -> set[str]:
    """The kinds of things that these words ask for."""
    said = set(words)
    return {kind for kind, asking in WANTED.items() if not asking.isdisjoint(said)}
