"""No two things of a kind share an id: campaigns remember by id what was taken, used, unlocked and beaten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from services.lore.domain.assembly import KINDS
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault

_PARTS = ("exits", "features", "finds", "spawns")


def faults(pack: Pack) -> Iterator[PackFault]:
    for kind in KINDS:
        for id in _twice(entry.id for entry in getattr(pack, kind)):
            yield PackFault(pack.file_of(kind, id), id, f"is there twice among the {kind}", "rename or remove one")
    for part in _PARTS:
        for id in _twice(thing.id for place in pack.places for thing in getattr(place, part)):
            holders = [p.id for p in pack.places if id in {t.id for t in getattr(p, part)}]
            wrong = f"is there twice among the {part} (of {', '.join(holders)})"
            yield PackFault(pack.file_of("places", holders[0]), id, wrong, "rename one of them")
    for npc in pack.npcs:
        for id in _twice(t.id for t in npc.topics):
            yield PackFault(pack.file_of("npcs", npc.id), npc.id, f"has two topics {id}", "rename one of them")
    for quest in pack.quests:
        for id in _twice(s.id for s in quest.stages):
            yield PackFault(pack.file_of("quests", quest.id), quest.id, f"has two stages {id}", "rename one of them")
    for id in _twice(a.id for c in pack.classes for a in c.abilities):
        holder = next(c.id for c in pack.classes if id in {a.id for a in c.abilities})
        yield PackFault(pack.file_of("classes", holder), id, "is there twice among the abilities", "rename one of them")


def _twice(ids: Iterable[str]) -> list[str]:
    return sorted(id for id, n in Counter(ids).items() if n > 1)
