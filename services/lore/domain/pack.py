"""A world pack: everything that exists, looked up by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from contracts.canon import (
    CatClass,
    Ending,
    Enemy,
    EntityRef,
    Faction,
    Item,
    LootTable,
    Manifest,
    Npc,
    Place,
    Quest,
    Rumour,
    Secret,
    Shop,
)


@dataclass(frozen=True, eq=False)
class Pack:
    """A whole world. Compared by identity, so that what is computed from a pack can be cached under it."""

    manifest: Manifest
    classes: tuple[CatClass, ...] = ()
    places: tuple[Place, ...] = ()
    npcs: tuple[Npc, ...] = ()
    enemies: tuple[Enemy, ...] = ()
    items: tuple[Item, ...] = ()
    quests: tuple[Quest, ...] = ()
    shops: tuple[Shop, ...] = ()
    loot: tuple[LootTable, ...] = ()
    factions: tuple[Faction, ...] = ()
    rumours: tuple[Rumour, ...] = ()
    secrets: tuple[Secret, ...] = ()
    endings: tuple[Ending, ...] = ()
    origins: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """(kind, id) to the file it was read from."""

    @cached_property
    def place(self) -> dict[str, Place]:
        return {p.id: p for p in self.places}

    @cached_property
    def npc(self) -> dict[str, Npc]:
        return {n.id: n for n in self.npcs}

    @cached_property
    def enemy(self) -> dict[str, Enemy]:
        return {e.id: e for e in self.enemies}

    @cached_property
    def item(self) -> dict[str, Item]:
        return {i.id: i for i in self.items}

    @cached_property
    def quest(self) -> dict[str, Quest]:
        return {q.id: q for q in self.quests}

    @cached_property
    def shop(self) -> dict[str, Shop]:
        return {s.id: s for s in self.shops}

    @cached_property
    def loot_table(self) -> dict[str, LootTable]:
        return {t.id: t for t in self.loot}

    @cached_property
    def secret(self) -> dict[str, Secret]:
        return {s.id: s for s in self.secrets}

    @cached_property
    def ending(self) -> dict[str, Ending]:
        return {e.id: e for e in self.endings}

    @cached_property
    def haven(self) -> EntityRef:
        """The place where a cat wakes after losing a life."""
        return ref(self.place[self.manifest.haven])

    def file_of(self, kind: str, id: str) -> str:
        return self.origins.get((kind, id), "?")


def ref(thing: Place | Npc | Enemy | Item | Quest | Shop | Secret | Ending | Faction) -> EntityRef:
    """The reference by which the story names a thing."""
    return EntityRef(id=thing.id, name=thing.name)
