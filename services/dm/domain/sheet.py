"""The scene as a game master reads it: plain lines with the ids that intents may use."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.lore import Briefing
from contracts.state import Combatant, Encounter, Scene
from services.dm.domain.plain_text import quote_name


def write_scene_sheet(scene: Scene, briefing: Briefing) -> str:
    """Character, place and fight, one thing a line. Its length is bounded by the contracts, not by the story."""
    return "\n".join((*_character(scene), *_fight(scene.state.encounter), *_place(briefing), *_quests(scene)))


def _character(scene: Scene) -> Iterator[str]:
    cat, now = scene.state.character, scene.derived
    yield f"CHARACTER {quote_name(cat.name)}, {cat.class_name}, level {cat.level} ({cat.xp} xp), {cat.lives} lives"
    yield f"hit points {cat.hp}/{cat.max_hp}, energy {cat.energy}/{cat.max_energy}, armour {now.armour}"
    yield f"{cat.credits} credits"
    yield "stats: " + ", ".join(f"{stat} {value:+d}" for stat, value in sorted(now.stats.items()))
    if cat.choices:
        yield f"{cat.choices} level choice(s) open: level_up"
    for known in cat.abilities:
        ready = "ready" if not known.ready_in else f"ready in {known.ready_in} turns"
        left = "" if known.charges is None else f", {known.charges} uses left"
        yield f"ability {known.ability.id}: {known.ability.name}, costs {known.ability.cost} energy, {ready}{left}"
    worn = {instance: slot for slot, instance in cat.equipment.items()}
    for item in cat.inventory:
        amount = f" x{item.quantity}" if item.quantity > 1 else ""
        where = f", worn on {worn[item.id]}" if item.id in worn else ""
        yield f"item {item.id}: {item.name}{amount} ({item.kind}{where})"
    for condition in cat.conditions:
        yield f"condition {condition.name}, {condition.turns} turns left"
    yield f"this turn: {scene.budget.action} action and {scene.budget.move} move left"


def _fight(encounter: Encounter | None) -> Iterator[str]:
    if encounter is None:
        return
    yield f"FIGHT, round {encounter.round}"
    yield from (_combatant(enemy) for enemy in encounter.enemies)


def _combatant(enemy: Combatant) -> str:
    if not enemy.hp:
        return f"fallen: {enemy.name}"
    suffers = "".join(f", {condition.name}" for condition in enemy.conditions)
    return f"enemy {enemy.id}: {enemy.name}, {enemy.hp}/{enemy.max_hp} hit points{suffers}"


def _place(briefing: Briefing) -> Iterator[str]:
    yield f"PLACE {briefing.place.id}: {briefing.place.name}, {briefing.district}{', safe' if briefing.safe else ''}"
    yield briefing.description
    for way in briefing.exits:
        yield f"exit {way.id}: {way.name} to {way.to.id} ({way.to.name}){', locked' if way.locked else ''}"
    for person in briefing.npcs:
        topics = "; ".join(f"{topic.id} ({topic.name})" for topic in person.topics)
        yield f"npc {person.id}: {person.name}, {person.role}, disposition {person.disposition:+d}"
        yield f"  {person.description}"
        if topics:
            yield f"  topics: {topics}"
    yield from (f"enemy {e.id}: {e.name} x{e.count}, not fighting yet. {e.description}" for e in briefing.enemies)
    for feature in briefing.features:
        yield f"feature {feature.id}: {feature.name}, try with {', '.join(feature.stats)}. {feature.description}"
    yield from (f"find {find.id}: {find.name}" for find in briefing.finds)
    if briefing.shop:
        yield f"shop: {briefing.shop.name}"
        yield from (f"ware {ware.id}: {ware.name}, {ware.price} credits, {ware.left} left" for ware in briefing.wares)
    yield from (f"quest on offer {quest.id}: {quest.name}. {quest.description}" for quest in briefing.quests)


def _quests(scene: Scene) -> Iterator[str]:
    for quest in scene.state.quests:
        if quest.status == "active":
            yield f"QUEST {quest.id}: {quest.name}. {quest.text}"
