"""Presence: the ids that an intent may carry in this scene, by the kind of thing they belong to.

Which kind an argument refers to is declared with the argument, in the catalogue of tools.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.catalogue import ToolSpec

Names = dict[str, str]
"""Id to name."""


class HasName(Protocol):
    """Anything of canon or state with an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


WORDS = "words"
"""Kind of an argument that refers to nothing: any word will do."""


@dataclass(frozen=True)
class Presence:
    """Names of what is here, by the kinds of things an argument may refer to."""

    by_kind: dict[str, Names]

    def of(self, tool: ToolSpec, argument: str) -> Names | None:
        """The names that this argument of a tool may refer to, or None when any word will do: it says how, or refers to
        a kind of thing that cannot be told from here. The rules judge it."""
        return self.by_kind.get(tool.refers_to.get(argument, WORDS))


def gather_presence(scene: Scene, briefing: Briefing) -> Presence:
    """Read off a scene and what can be seen in it everything that an intent may point at."""
    state = scene.state
    foes = state.encounter.enemies if state.encounter else ()
    inventory = state.character.inventory
    people = _names(_refs(briefing.npcs))
    enemies = _names((*_refs(foes), *((foe.enemy, foe.name) for foe in foes), *_refs(briefing.enemies)))
    beyond = _names(_refs(way.to for way in briefing.exits))
    exits = _names(_refs(briefing.exits))
    return Presence(
        {
            "ability": _names(_refs(known.ability for known in state.character.abilities)),
            "carried-item": {**_names(_refs(inventory)), **_names((item.item, item.name) for item in inventory)},
            "character": people,
            "enemy-or-character": {**people, **enemies},
            "exit": {**exits, **beyond},
            "feature": _names(_refs(briefing.features)),
            "find": _names(_refs(briefing.finds)),
            "place": {**beyond, **exits, **_names(_refs(state.places)), state.place.id: state.place.name},
            "quest": {**_names(_refs(briefing.quests)), **_names(_refs(state.quests))},
            "topic": _names(_refs(topic for person in briefing.npcs for topic in person.topics)),
            "ware": _names(_refs(briefing.wares)),
        }
    )


def resolve_reference(word: str, known: Names) -> str | None:
    """The id a word means: an id as it is, or the one thing that bears this name."""
    if word in known:
        return word
    named = [known_id for known_id, name in known.items() if name.casefold() == word.strip().casefold()]
    return named[0] if named else None


def _refs(things: Iterable[HasName]) -> tuple[tuple[str, str], ...]:
    return tuple((thing.id, thing.name) for thing in things)


def _names(pairs: Iterable[tuple[str, str]]) -> Names:
    return dict(pairs)
