"""Every id that is named must exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from contracts.canon import Reward
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.visibility import Hideable


@dataclass(frozen=True)
class Link:
    """`kind`/`id` names `target` of kind `to` in `field`."""

    kind: str
    id: str
    field: str
    to: str
    target: str


def faults(pack: Pack, unread: dict[str, set[str]]) -> Iterator[PackFault]:
    """Links to nothing. `unread` are ids of entries too broken to read: they exist, so naming them is no fault."""
    known = {kind: ids | unread.get(kind, set()) for kind, ids in _ids(pack).items()}
    for link in _links(pack):
        if link.target not in known[link.to]:
            like = get_close_matches(link.target, sorted(known[link.to]), n=1)
            hint = f" (did you mean {like[0]}?)" if like else ""
            wrong = f"{link.field} names {link.target}, which is not among the {link.to}{hint}"
            yield PackFault(pack.file_of(link.kind, link.id), link.id, wrong, f"add it to {link.to} or name another")


def _ids(pack: Pack) -> dict[str, set[str]]:
    ids = {
        kind: {entry.id for entry in getattr(pack, kind)}
        for kind in ("places", "npcs", "enemies", "items", "quests", "shops", "loot", "factions", "secrets", "endings")
    }
    ids["features"] = {f.id for p in pack.places for f in p.features}
    ids["things"] = set().union(*ids.values(), {c.id for c in pack.classes})
    return ids


def _links(pack: Pack) -> Iterator[Link]:
    yield Link("manifest", "manifest", "start", "places", pack.manifest.start)
    yield Link("manifest", "manifest", "haven", "places", pack.manifest.haven)
    yield from _of_places(pack)
    yield from _of_people(pack)
    yield from _of_quests(pack)
    for c in pack.classes:
        yield from (Link("classes", c.id, "items", "items", i) for i in c.items)
    for e in pack.enemies:
        if e.loot:
            yield Link("enemies", e.id, "loot", "loot", e.loot)
    for t in pack.loot:
        yield from (Link("loot", t.id, "entries", "items", x.item) for x in t.entries if x.item)
    for r in pack.rumours:
        yield from (Link("rumours", r.id, "about", "things", i) for i in r.about)


def _of_places(pack: Pack) -> Iterator[Link]:
    for p in pack.places:
        for e in p.exits:
            yield Link("places", p.id, f"exit {e.id}", "places", e.to)
            if e.lock and e.lock.key:
                yield Link("places", p.id, f"lock of exit {e.id}", "items", e.lock.key)
        for f in p.features:
            yield from _of_reward("places", p.id, f"feature {f.id}", f.reward)
        yield from (Link("places", p.id, f"find {f.id}", "items", f.item) for f in p.finds if f.item)
        yield from (Link("places", p.id, f"spawn {s.id}", "enemies", s.enemy) for s in p.spawns)
        yield from (Link("places", p.id, "npcs", "npcs", n) for n in p.npcs)
        if p.shop:
            yield Link("places", p.id, "shop", "shops", p.shop)
        hideable: tuple[Hideable, ...] = (*p.exits, *p.features, *p.finds, *p.spawns)
        for thing in hideable:
            if thing.secret:
                yield Link("places", p.id, f"secret of {thing.id}", "secrets", thing.secret)


def _of_people(pack: Pack) -> Iterator[Link]:
    for n in pack.npcs:
        if n.faction:
            yield Link("npcs", n.id, "faction", "factions", n.faction)
        for t in n.topics:
            yield from (Link("npcs", n.id, f"topic {t.id}", "secrets", s) for s in t.reveals)
    for s in pack.shops:
        yield Link("shops", s.id, "keeper", "npcs", s.keeper)
        yield from (Link("shops", s.id, "stock", "items", line.item) for line in s.stock)


_TARGETS = {
    "reach": "places",
    "defeat": "enemies",
    "hold": "items",
    "talk": "npcs",
    "use": "features",
    "deliver": "items",
    "learn": "secrets",
}


def _of_quests(pack: Pack) -> Iterator[Link]:
    for q in pack.quests:
        yield Link("quests", q.id, "giver", "npcs", q.giver)
        yield from (Link("quests", q.id, "requires", "quests", r) for r in q.requires)
        if q.ending:
            yield Link("quests", q.id, "ending", "endings", q.ending)
        for s in q.stages:
            yield Link("quests", q.id, f"goal of {s.id}", _TARGETS[s.goal.kind], s.goal.target)
            if s.goal.to:
                yield Link("quests", q.id, f"goal of {s.id}", "npcs", s.goal.to)
            yield from _of_reward("quests", q.id, f"stage {s.id}", s.reward)
        yield from _of_reward("quests", q.id, "reward", q.reward)


def _of_reward(kind: str, id: str, field: str, reward: Reward) -> Iterator[Link]:
    yield from (Link(kind, id, f"{field} (reward)", "items", i) for i in reward.items)
    yield from (Link(kind, id, f"{field} (reward)", "npcs", n) for n in reward.disposition)
    yield from (Link(kind, id, f"{field} (reveals)", "secrets", s) for s in reward.reveals)
