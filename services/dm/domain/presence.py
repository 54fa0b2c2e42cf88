"""Who and what is present: the ids that an intent may carry in this scene."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from contracts.lore import Briefing
from contracts.state import Scene

Names = dict[str, str]
"""Id to name."""


class Named(Protocol):
    """Anything of canon or state with an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


_FREE = frozenset(("approach", "slot", "stat"))
"""Arguments that say how, not whom: the schema or the rules judge them."""


@dataclass(frozen=True)
class Presence:
    """Ids by the argument that carries them; `buy` reads `item` off the shelves, everybody else out of the bag."""

    by_argument: dict[str, Names]
    wares: Names

    def of(self, tool: str, argument: str) -> Names | None:
        """What this argument may be, or None when any word will do."""
        if argument in _FREE:
            return None
        return self.wares if (tool, argument) == ("buy", "item") else self.by_argument.get(argument, {})


def presence(scene: Scene, briefing: Briefing) -> Presence:
    """Read off a scene and what can be seen in it everything that an intent may point at."""
    state = scene.state
    foes = state.encounter.enemies if state.encounter else ()
    inventory = state.character.inventory
    people = _names(_refs(briefing.npcs))
    enemies = _names((*_refs(foes), *((foe.enemy, foe.name) for foe in foes), *_refs(briefing.enemies)))
    beyond = _names(_refs(way.to for way in briefing.exits))
    exits = _names(_refs(briefing.exits))
    kinds = _names((item.item, item.name) for item in inventory)
    bag = {**_names(_refs(inventory)), **kinds}
    return Presence(
        by_argument={
            "target": {**people, **enemies},
            "weapon": bag,
            "item": bag,
            "ability": _names(_refs(known.ability for known in state.character.abilities)),
            "npc": people,
            "topic": _names(_refs(topic for person in briefing.npcs for topic in person.topics)),
            "place": {**beyond, **exits, **_names(_refs(state.places)), state.place.id: state.place.name},
            "exit": {**exits, **beyond},
            "feature": _names(_refs(briefing.features)),
            "find": _names(_refs(briefing.finds)),
            "quest": {**_names(_refs(briefing.quests)), **_names(_refs(state.quests))},
        },
        wares=_names(_refs(briefing.wares)),
    )


def meant(word: str, known: Names) -> str | None:
    """The id a word means: an id as it is, or the one thing that bears this name."""
    if word in known:
        return word
    named = [known_id for known_id, name in known.items() if name.casefold() == word.strip().casefold()]
    return named[0] if named else None


def _refs(things: Iterable[Named]) -> tuple[tuple[str, str], ...]:
    return tuple((thing.id, thing.name) for thing in things)


def _names(pairs: Iterable[tuple[str, str]]) -> Names:
    return dict(pairs)
