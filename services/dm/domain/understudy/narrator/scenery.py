"""Scenery in plain facts: the place, one thing in it, or the cat itself."""

from __future__ import annotations

import re

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Briefing, Person, Thing
from contracts.state import Combatant
from services.dm.domain.understudy.narrator.grammar import join_names

FactGroups = tuple[tuple[str, ...], ...]
"""Facts in groups: each group makes a sentence."""


def describe_place(request: InvokeDungeonMaster) -> FactGroups:
    """The place, and then everything in it that shows."""
    seen = request.briefing
    encounter = request.scene.state.encounter
    foes = tuple(condition_of(enemy) for enemy in encounter.enemies if enemy.hp > 0) if encounter else ()
    return (
        (
            seen.place.name + (f", {seen.district}" if seen.district != seen.place.name else ""),
            *describe_own(seen.description, request),
        ),
        (
            *_row("against you", foes),
            *_row("waiting here", () if encounter else _counted(seen)),
            *_row("company", tuple(f"{person.name}, {person.role}" for person in seen.npcs)),
            *_row("worth a paw", tuple(thing.name for thing in seen.features)),
            *_row("lying about", tuple(thing.name for thing in seen.finds)),
            *_row("open for business", (seen.shop.name,) if seen.shop else ()),
            *_row("work on offer", tuple(quest.name for quest in seen.quests)),
            *_row("ways on", tuple(way.to.name + (" (locked)" if way.locked else "") for way in seen.exits)),
        ),
    )


def describe_thing(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """What one look at a thing tells. Falls back to the whole place."""
    seen = request.briefing
    encounter = request.scene.state.encounter
    for enemy in encounter.enemies if encounter else ():
        if enemy.id == about:
            return ((condition_of(enemy),),)
    described: tuple[Person | Thing, ...] = (*seen.npcs, *seen.features, *seen.finds, *seen.enemies, *seen.quests)
    for thing in described:
        if thing.id == about:
            return ((thing.name, *describe_own(thing.description, request)),)
    for way in seen.exits:
        if about in (way.id, way.to.id):
            return ((f"{way.name} leads to {way.to.name}", "it is locked" if way.locked else "it stands open"),)
    if seen.shop and about == seen.shop.id:
        wares = tuple(f"{ware.name} at {ware.price} credits" for ware in seen.wares if ware.left)
        return (_row(seen.shop.name, wares) or (f"{seen.shop.name} has nothing left to sell",),)
    return _belonging(about, request) or describe_place(request)


def _belonging(about: str, request: InvokeDungeonMaster) -> FactGroups:
    cat = request.scene.state.character
    for item in cat.inventory:
        if about in (item.id, item.item):
            return ((f"{item.name}, {'worn' if item.id in cat.equipment.values() else 'in the bag'}",),)
    for known in cat.abilities:
        if known.ability.id == about:
            return ((known.ability.name, *describe_own(known.ability.description, request)),)
    return ()


def _row(title: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return (f"{title}: {join_names(names)}",) if names else ()


def _counted(seen: Briefing) -> tuple[str, ...]:
    return tuple(f"{enemy.name} ({enemy.count})" if enemy.count > 1 else enemy.name for enemy in seen.enemies)


def condition_of(enemy: Combatant) -> str:
    """How an enemy looks; its figures are the rules' business."""
    left = enemy.hp / enemy.max_hp
    looks = "unhurt" if left >= 1 else "scratched" if left > 0.6 else "bleeding" if left > 0.25 else "barely standing"
    return f"{enemy.name}, {looks}"


def describe_own(text: str, request: InvokeDungeonMaster) -> tuple[str, ...]:
    """Its sentences as clauses of one, so that what is seen twice still reads differently. Names keep their capital."""
    sentences = tuple(sentence.strip() for sentence in re.split(r"(?<=\w[.])\s+(?=[A-Z])", text) if sentence.strip())
    return tuple(s if _begins_with_a_name(s, request) else s[0].lower() + s[1:] for s in sentences)


def _begins_with_a_name(sentence: str, request: InvokeDungeonMaster) -> bool:
    """Whether its first word has a capital elsewhere too, where no sentence begins."""
    first = re.escape(sentence.split()[0].strip(",.'’"))
    seen = request.briefing
    names = (seen.place.name, seen.district, *(p.name for p in seen.npcs), *(way.to.name for way in seen.exits))
    return any(re.search(rf"\b{first}\b", name) for name in names) or bool(
        re.search(rf"[a-z,] {first}\b", request.common)
    )
