"""Everything stands somewhere and is good for something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault


def faults(pack: Pack) -> Iterator[PackFault]:
    for check in (_people, _shops, _enemies, _locks, _abilities, _deliveries, _haven):
        yield from check(pack)


def _people(pack: Pack) -> Iterator[PackFault]:
    standing = Counter(n for p in pack.places for n in p.npcs)
    for npc in pack.npcs:
        if standing[npc.id] != 1:
            wrong = "stands nowhere" if not standing[npc.id] else f"stands in {standing[npc.id]} places"
            yield PackFault(pack.file_of("npcs", npc.id), npc.id, wrong, "put it into the npcs of one place")


def _shops(pack: Pack) -> Iterator[PackFault]:
    for shop in pack.shops:
        file = pack.file_of("shops", shop.id)
        homes = [p for p in pack.places if p.shop == shop.id]
        if len(homes) != 1:
            wrong = "is in no place" if not homes else f"is in {len(homes)} places"
            yield PackFault(file, shop.id, wrong, "name it as the shop of one place")
        elif shop.keeper not in homes[0].npcs:
            wrong = f"is in {homes[0].id}, where its keeper {shop.keeper} does not stand"
            yield PackFault(file, shop.id, wrong, "put the keeper there")
        for id, n in Counter(line.item for line in shop.stock).items():
            if n > 1:
                yield PackFault(file, shop.id, f"has two lines of {id}", "make them one")
        for line in shop.stock:
            item = pack.item.get(line.item)
            if item and item.price * shop.buys_at > line.price * 100:
                wrong = f"buys {item.id} for more than it sells it"
                yield PackFault(file, shop.id, wrong, "raise the price of the line or lower buys_at")


def _enemies(pack: Pack) -> Iterator[PackFault]:
    waiting = {s.enemy for p in pack.places for s in p.spawns}
    for enemy in pack.enemies:
        if enemy.id not in waiting:
            yield PackFault(pack.file_of("enemies", enemy.id), enemy.id, "waits nowhere", "add a spawn or remove it")
    used = {e.loot for e in pack.enemies}
    for table in pack.loot:
        if table.id not in used:
            yield PackFault(
                pack.file_of("loot", table.id), table.id, "is left by no enemy", "name it as an enemy's loot"
            )


def _locks(pack: Pack) -> Iterator[PackFault]:
    for place in pack.places:
        for way in place.exits:
            if way.lock and not way.lock.key and not way.lock.checks:
                wrong = f"exit {way.id} has a lock that nothing opens"
                yield PackFault(pack.file_of("places", place.id), place.id, wrong, "give the lock a key or a check")
            elif way.lock and way.lock.key and pack.item[way.lock.key].kind != "key":
                wrong = f"exit {way.id} opens to {way.lock.key}, which is no key and may be parted with"
                yield PackFault(pack.file_of("places", place.id), place.id, wrong, f"make {way.lock.key} of kind key")


def _abilities(pack: Pack) -> Iterator[PackFault]:
    if not pack.classes:
        yield PackFault("(pack)", "classes", "has no class to play", "add one")
    for class_ in pack.classes:
        for ability in class_.abilities:
            if not ability.cost and not ability.cooldown and ability.charges is None:
                file = pack.file_of("classes", class_.id)
                yield PackFault(file, ability.id, "can be used without limit", "give it a cost, a cooldown or charges")


def _deliveries(pack: Pack) -> Iterator[PackFault]:
    for quest in pack.quests:
        for stage in quest.stages:
            if (stage.goal.kind == "deliver") != (stage.goal.to is not None):
                file = pack.file_of("quests", quest.id)
                yield PackFault(file, quest.id, f"goal of {stage.id}: only deliver has `to`", "add or remove `to`")


def _haven(pack: Pack) -> Iterator[PackFault]:
    if not pack.place[pack.manifest.haven].safe:
        file = pack.file_of("manifest", "manifest")
        yield PackFault(file, "manifest", "the haven is not a safe place", "mark it safe or name another")
