"""Affordances here and now: every deed the rules would not refuse outright, as far as can be seen."""

from __future__ import annotations

from collections.abc import Iterator

from services.dm.domain.reading.law import is_worn, objection
from services.dm.domain.reading.meaning import Deed
from services.dm.domain.reading.scope import Scope


def affordances(scope: Scope) -> tuple[Deed, ...]:
    """Every legal deed with its arguments, the likeliest kinds first."""
    return tuple(deed for deed in _deeds(scope) if not objection(deed, scope))


def _deeds(scope: Scope) -> Iterator[Deed]:
    yield from _in_a_fight(scope)
    yield from _with_people(scope)
    for feature in scope.of("feature"):
        yield from (Deed("try_feature", {"feature": feature.id, "approach": stat}) for stat in feature.thing.stats)
    yield from (Deed("take", {"find": find.id}) for find in scope.of("find"))
    yield from _ways(scope)
    yield from _things(scope)
    yield from (Deed(tool, {}) for tool in ("search", "hide", "rest"))
    yield from _choices(scope)


def _in_a_fight(scope: Scope) -> Iterator[Deed]:
    for enemy in scope.enemies:
        yield Deed("attack", {"target": enemy.id, "weapon": None})
    yield from (Deed(tool, {}) for tool in ("defend", "flee"))
    for ability in scope.of("ability"):
        aim = ability.thing.ability.target
        targets = scope.enemies if aim == "enemy" else scope.of("person") if aim == "npc" else ()
        yield from (Deed("use_ability", {"ability": ability.id, "target": target.id}) for target in targets)
        if aim not in ("enemy", "npc"):
            yield Deed("use_ability", {"ability": ability.id, "target": None})


def _with_people(scope: Scope) -> Iterator[Deed]:
    for offer in scope.of("offer"):
        yield Deed("accept_quest", {"quest": offer.id})
    for person in scope.of("person"):
        yield Deed("talk", {"npc": person.id, "topic": None})
        topics = (topic for topic in scope.of("topic") if topic.owner == person.id)
        yield from (Deed("talk", {"npc": person.id, "topic": topic.id}) for topic in topics)
        yield Deed("persuade", {"npc": person.id, "approach": "flatter"})
        yield from (Deed("give", {"item": item.id, "npc": person.id}) for item in scope.of("item"))


def _ways(scope: Scope) -> Iterator[Deed]:
    for way in scope.of("way"):
        yield Deed("move_to", {"place": way.id})
        yield Deed("unlock", {"exit": way.id, "approach": None})


def _things(scope: Scope) -> Iterator[Deed]:
    for ware in scope.of("ware"):
        yield Deed("buy", {"item": ware.id})
    for item in scope.of("item"):
        use = item.thing.use
        if use and (use.damage or use.afflicts):
            yield from (Deed("use_item", {"item": item.id, "target": enemy.id}) for enemy in scope.enemies)
        elif use:
            yield Deed("use_item", {"item": item.id, "target": None})
        if is_worn(item.thing, scope):
            yield Deed("unequip", {"slot": item.thing.slot})
        elif item.thing.slot:
            yield Deed("equip", {"item": item.id})
        yield Deed("sell", {"item": item.id})
        yield Deed("drop", {"item": item.id})


def _choices(scope: Scope) -> Iterator[Deed]:
    for stat in scope.of("stat"):
        yield Deed("level_up", {"stat": stat.id, "ability": None})
    for ability in scope.of("ability"):
        yield Deed("level_up", {"stat": None, "ability": ability.id})
