"""A player who knows what a cat can see, wants something of everything, and fights when it must."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from services.tools.domain.quests import active, list_offered
from services.tools.domain.surroundings import Surroundings
from services.tools.domain.ways import is_open

Intent = tuple[str, dict[str, Any]]


def wander(here: Surroundings, random: Random) -> Intent:
    """The player's next intent."""
    cat = here.character
    if cat.choices:
        return "level_up", {"stat": random.choice(["claws", "paws", "whiskers", "wits", "purr"])}
    if here.encounter:
        return random.choice(list(_in_a_fight(here)))
    urgent = list(_urgent(here))
    if urgent and random.random() < 0.8:
        return random.choice(urgent)
    return random.choice(list(_anything(here)))


def _in_a_fight(here: Surroundings) -> Iterator[Intent]:
    weak = here.character.hp * 3 < here.character.max_hp
    for foe in here.foes or ():
        yield "attack", {"target": foe.id}
        for known in here.character.abilities:
            if known.ability.target == "enemy":
                yield "use_ability", {"ability": known.ability.id, "target": foe.id}
    for thing in here.character.inventory:
        if thing.use:
            yield "use_item", {"item": thing.id, "target": here.foes[0].id if here.foes else None}
    yield ("flee", {}) if weak else ("defend", {})
    if weak:
        yield "flee", {}
        yield "flee", {}


def _urgent(here: Surroundings) -> Iterator[Intent]:
    if here.character.hp * 2 < here.character.max_hp:
        yield "rest", {}
        yield from (("use_item", {"item": t.id}) for t in here.character.inventory if t.use and t.use.heal)
    for quest, state in active(here):
        stage = next((stage for stage in quest.stages if stage.id == state.stage), None)
        if stage is None:
            continue
        goal = stage.goal
        if goal.kind == "talk" and goal.target in here.canon.place.npcs:
            yield "talk", {"npc": goal.target}
        if goal.kind == "deliver" and goal.to in here.canon.place.npcs:
            yield "give", {"item": goal.target, "npc": goal.to}
        if goal.kind == "defeat":
            yield from (("attack", {"target": spawn.id}) for spawn in here.spawns if spawn.enemy == goal.target)
    for npc in here.npcs:
        yield from (("accept_quest", {"quest": quest.id}) for quest in list_offered(here, npc))
    for feature in here.features:
        if feature.id not in here.state.used:
            best = max(feature.checks, key=lambda check: here.derived.stats[check.stat] - check.difficulty)
            yield "try_feature", {"feature": feature.id, "approach": best.stat}
    yield from (("take", {"find": find.id}) for find in here.finds)


def _anything(here: Surroundings) -> Iterator[Intent]:
    for way in here.exits:
        yield ("move_to", {"place": way.to}) if is_open(way, here) else ("unlock", {"exit": way.id})
        yield "move_to", {"place": way.id}
    for npc in here.npcs:
        yield "talk", {"npc": npc.id}
        yield "persuade", {"npc": npc.id, "approach": "reason"}
        yield from (("talk", {"npc": npc.id, "topic": topic.id}) for topic in npc.topics)
        yield from (("give", {"item": thing.id, "npc": npc.id}) for thing in here.character.inventory[:3])
    for thing in here.character.inventory:
        yield "sell", {"item": thing.id}
        if thing.slot:
            yield "equip", {"item": thing.id}
    yield from (("buy", {"item": line.item}) for line in (here.canon.shop.stock if here.canon.shop else ()))
    yield from (("attack", {"target": spawn.id}) for spawn in here.spawns)
    for known in here.character.abilities:
        yield "use_ability", {"ability": known.ability.id}
    yield "search", {}
    yield "hide", {}
    yield "rest", {}
