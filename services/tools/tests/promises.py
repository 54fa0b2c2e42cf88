"""Promises of canon about an outcome: where every credit, thing and point of experience may come from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.canon import Reward
from contracts.effects import CreditsGained, ExperienceGained, ItemGained, Proposal
from contracts.lore import CanonSlice
from contracts.state import Scene
from contracts.tools import Outcome
from services.tools.domain.holdings import instance
from services.tools.tests.pack import ABILITIES, ENDINGS, ENEMIES, ITEMS, NPCS, PLACES, QUESTS, SECRETS


def is_promised(effect: Proposal, scene: Scene, canon: CanonSlice) -> bool:
    """Whether canon holds what this effect gives, at the source it names and with the figures it has."""
    match effect:
        case CreditsGained():
            return effect.amount in set(_credits(effect.source, scene, canon))
        case ItemGained():
            return effect.item in _items(effect.source, canon)
        case ExperienceGained():
            return effect.amount in set(_experience(effect.source, scene, canon))
        case _:
            return True


def _rewards(source: str, canon: CanonSlice) -> Iterator[Reward]:
    yield from (feature.reward for feature in canon.place.features if feature.id == source)
    for quest in canon.quests:
        if quest.id == source:
            yield quest.reward
            yield from (stage.reward for stage in quest.stages)


def _credits(source: str, scene: Scene, canon: CanonSlice) -> Iterator[int]:
    yield from (reward.credits for reward in _rewards(source, canon))
    yield from (find.credits for find in canon.place.finds if find.id == source)
    if canon.shop and canon.shop.id == source:
        yield from (thing.price * canon.shop.buys_at // 100 for thing in scene.state.character.inventory)
        yield from (line.price for line in canon.shop.stock)
    tables = [enemy.loot for enemy in canon.enemies if enemy.id == source]
    for entry in (entry for table in canon.loot if table.id in tables for entry in table.entries):
        if dice := entry.credits:
            yield from range(dice.count + dice.bonus, dice.count * dice.sides + dice.bonus + 1)


def _items(source: str, canon: CanonSlice) -> list[object]:
    kinds = {item.id: item for item in canon.items}
    found = [(item, 1) for reward in _rewards(source, canon) for item in reward.items]
    found += [(find.item, find.quantity) for find in canon.place.finds if find.id == source and find.item]
    if canon.shop and canon.shop.id == source:
        found += [(line.item, 1) for line in canon.shop.stock]
    tables = [enemy.loot for enemy in canon.enemies if enemy.id == source]
    entries = [entry for table in canon.loot if table.id in tables for entry in table.entries]
    found += [(entry.item, 1) for entry in entries if entry.item]
    return [instance(kinds[item], quantity) for item, quantity in found]


def _experience(source: str, scene: Scene, canon: CanonSlice) -> Iterator[int]:
    yield from (reward.xp for reward in _rewards(source, canon))
    kinds = {enemy.id: enemy.xp for enemy in canon.enemies}
    fight = scene.state.encounter
    if fight and fight.spawn == source:
        yield sum(kinds[combatant.enemy] for combatant in fight.enemies)
    yield from (spawn.count * kinds[spawn.enemy] for spawn in canon.place.spawns if spawn.id == source)


PROSE = [
    *(thing.text for thing in (*SECRETS, *ENDINGS)),
    *(topic.text for npc in NPCS for topic in npc.topics),
    *(stage.text for quest in QUESTS for stage in quest.stages),
    *(text for place in PLACES for feature in place.features for text in (feature.success, feature.failure)),
]
NAMES = sorted(
    {
        thing.name
        for things in (ITEMS, ENEMIES, NPCS, PLACES, QUESTS, SECRETS, ABILITIES)
        for thing in things  # type: ignore[attr-defined]
    },
    key=len,
    reverse=True,
)


def numbers_told(outcome: Outcome) -> set[int]:
    """Every number in the facts, canon's own words and names aside."""
    text = " ".join(outcome.facts)
    for quoted in (*PROSE, *NAMES, *(mention.name for mention in outcome.mentions)):
        text = text.replace(quoted, "")
    return {int(number) for number in re.findall(r"-?\d+", text)}


def numbers_known(outcome: Outcome) -> set[int]:
    """Every number of its rolls and effects."""
    rolls = " ".join(roll.model_dump_json(include={"total", "target"}) for roll in outcome.rolls)
    effects = " ".join(effect.model_dump_json() for effect in outcome.effects)
    return {int(number) for number in re.findall(r"-?\d+", f"{rolls} {effects}")}
