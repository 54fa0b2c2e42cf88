"""Naming: what things are called inside a sentence, and which names a story may point to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contracts.canon import EntityRef
from contracts.dm import InvokeDungeonMaster
from contracts.lore import Thing
from contracts.state import Combatant
from services.dm.domain.ideas import tell_apart
from services.dm.domain.understudy.narrator.grammar import bare, join_names, the, verb_for

_BARE = frozenset(("npc", "place", "shop", "quest", "ability", "topic", "secret"))
_AS_IT_IS = frozenset(("text", "line", "role", "stat", "credits", "what", "topics"))
_COUNTED = re.compile(r"the (?:first|second|third|fourth|fifth|sixth|seventh|eighth) ")
_MORE = ("", "", "another", "two more", "three more", "four more", "five more", "six more")


def names(request: InvokeDungeonMaster) -> dict[str, str]:
    """Names of what is here or carried, by id: what a story may point to."""
    seen = request.briefing
    state = request.scene.state
    things: tuple[EntityRef, ...] = (*seen.exits, *(way.to for way in seen.exits), *seen.npcs, *seen.enemies)
    things = (*things, *seen.features, *seen.finds, *seen.wares, *seen.quests)
    foes = state.encounter.enemies if state.encounter else ()
    cat = state.character
    own = (
        *((item.item, item.name) for item in cat.inventory),
        *((item.id, item.name) for item in cat.inventory),
        *((each.ability.id, each.ability.name) for each in cat.abilities),
        *((foe.id, foe.name) for foe in foes),
    )
    return {**{thing.id: thing.name for thing in things}, **dict(own)}


def call(id: str, request: InvokeDungeonMaster) -> str:
    """The name of what is here or carried, with its article; nothing when there is no such thing."""
    name = names(request).get(id, "")
    seen = request.briefing
    without = (*seen.npcs, *seen.quests, *(way.to for way in seen.exits), *seen.wares)
    own = request.scene.state.character
    known = {thing.id for thing in without} | {each.ability.id for each in own.abilities}
    return bare(name) if id in known else the(name)


def name_parts(parts: Mapping[str, str], request: InvokeDungeonMaster) -> dict[str, str]:
    """The parts of a fact, as a sentence calls them."""
    return {kind: _name(kind, name, request) for kind, name in parts.items() if name}


def _name(kind: str, name: str, request: InvokeDungeonMaster) -> str:
    if kind in _AS_IT_IS:
        return name
    if kind in _BARE:
        return bare(name)
    if kind == "condition":
        return name.lower()
    if kind == "weapon":
        weapon = _own(name, request)
        return verb_for(weapon, weapon, f"a stroke of {weapon}")
    if kind == "own":
        return _own(name, request)
    return the(name)


def _own(name: str, request: InvokeDungeonMaster) -> str:
    """The name of what is the cat's: a thing of its own, a gift of its own, or the claws that it was born with."""
    cat = request.scene.state.character
    if name.startswith("your "):
        return name
    if any(name == each.ability.name for each in cat.abilities):
        return bare(name)
    return f"your {name}" if any(name == item.name for item in cat.inventory) and the(name) != name else the(name)


def count_foe(foe: Thing) -> str:
    """An enemy that waits, and how many: "the Dust Bunny and another of its kind"."""
    more = _MORE[foe.count] if foe.count < len(_MORE) else "a whole lot more"
    return the(foe.name) + (f" and {more} of its kind" if more else "")


def tell_foes(foes: Sequence[Combatant]) -> dict[str, str]:
    """The name of each of a fight inside a sentence, by its id."""
    return {id: the(name) for id, name in tell_apart(tuple(foes)).items()}


def tell_standing(foes: Sequence[Combatant]) -> str:
    """Those that still stand, and how they look: "the first and the second Dust Bunny (both unhurt)"."""
    called = tell_foes(foes)
    standing = [foe for foe in foes if foe.hp]
    looks = {condition_of(foe) for foe in standing}
    names = [called[foe.id] for foe in standing]
    if len(looks) > 1:
        return join_names([f"{called[foe.id]} ({condition_of(foe)})" for foe in standing])
    if len({foe.enemy for foe in standing}) == 1 and all(_COUNTED.match(name) for name in names):
        names = [" ".join(name.split()[:2]) for name in names[:-1]] + names[-1:]
    return f"{join_names(names)} ({'both' if len(names) == 2 else 'all'} {looks.pop()})"


def condition_of(foe: Combatant) -> str:
    """The look of an enemy; its figures are the rules' business."""
    left = foe.hp / foe.max_hp
    return "unhurt" if left >= 1 else "scratched" if left > 0.6 else "badly hurt" if left > 0.25 else "barely standing"
