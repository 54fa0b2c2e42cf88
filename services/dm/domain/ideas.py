"""Ideas: what a player could think of doing next, each with the words to type and the deed they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from contracts.canon import Stat
from contracts.lore import Briefing, Thing, Way
from contracts.state import Combatant, Scene
from services.dm.domain.readiness import find_hindrance
from services.dm.domain.wayfinding import find_first_step, speaks_of

HIGHEST_STAT = 6
"""No choice at a level raises a stat beyond this."""
HOSTILE = -3
MOST_INSTANCES = 40
"""Places in the bag, whatever the things in them weigh."""
_MONEY = "loose credits"
"""The find that takes no room."""
_NTH = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Intended:
    """An intent for the rules."""

    tool: str
    arguments: Mapping[str, str]


@dataclass(frozen=True)
class Idea:
    """Words, and what they are to be read as."""

    words: str
    meant: Intended | None
    """None: to do nothing."""


def needs(scene: Scene, briefing: Briefing) -> Iterator[Idea]:
    """Ideas to see to first: to grow, and to mend."""
    cat = scene.state.character
    if cat.choices:
        growing = [stat for stat in cat.stats if cat.stats[stat] < HIGHEST_STAT]
        yield from (_grow(stat) for stat in sorted(growing, key=lambda stat: -cat.stats[stat])[:1])
    if cat.hp * 2 < cat.max_hp:
        yield from _rest(scene, briefing)
        yield from _remedies(scene)


def next_steps(scene: Scene, briefing: Briefing) -> Iterator[Idea]:
    """Ideas that bring one further in the quests that one has taken on."""
    for quest in scene.state.quests:
        if quest.status == "active":
            at = frozenset(want.at.id for want in briefing.wants if want.quest == quest.id and want.at)
            yield from _towards(quest.text, at, scene, briefing)


def offers(briefing: Briefing) -> Iterator[Idea]:
    """Work that somebody here wants done."""
    return (Idea(f"Accept {quest.name}", _deed("accept_quest", quest=quest.id)) for quest in briefing.quests)


def _towards(text: str, at: frozenset[str], scene: Scene, briefing: Briefing) -> Iterator[Idea]:
    """Ideas for what the current stage of a quest names, here or on the way there; `at`: places where it is to be done.
    A door on that way is opened: quests lead only where one can get; of other doors nobody knows what they take."""
    state = scene.state
    yield from (_attack(enemy.id, enemy.name) for enemy in briefing.enemies if speaks_of(text, enemy.name))
    yield from (_take(find) for find in _within_reach(scene, briefing) if speaks_of(text, find.name))
    due = tuple(item for item in state.character.inventory if speaks_of(text, item.name))
    for person in briefing.npcs:
        if speaks_of(text, person.name):
            for item in due:
                yield Idea(f"Give {item.name} to {person.name}", _deed("give", item=item.id, npc=person.id))
            yield Idea(f"Talk to {person.name}", _deed("talk", npc=person.id))
    for feature in briefing.features:
        if speaks_of(text, feature.name) and feature.id not in state.used:
            yield _attempt(feature, scene)
    charted = {place.id: place.name for place in state.places} | {way.to.id: way.to.name for way in briefing.exits}
    goals = {id for id, name in charted.items() if id in at or speaks_of(text, name)}
    step = find_first_step(state, goals - {state.place.id})
    yield from (_unlock(way) if way.locked else _go(way) for way in briefing.exits if way.to.id == step)
    if not goals:
        yield from _further(scene, briefing)


def _further(scene: Scene, briefing: Briefing) -> Iterator[Idea]:
    """On to where the cat has not been, from here or by way of what is on its map."""
    been = {place.id for place in scene.state.places}
    beyond = {way.id for place in scene.state.places for way in place.exits} - been
    shut = {way.to.id for way in briefing.exits if way.locked}
    step = find_first_step(scene.state, beyond - shut)
    yield from (_go(way) for way in briefing.exits if way.to.id == step and not way.locked)


def usual_ideas(scene: Scene, briefing: Briefing, number: int) -> Iterator[Idea]:
    """Everything else that can be done here, what is new before what is known."""
    state = scene.state
    charted = frozenset(place.id for place in state.places)
    ways = tuple(way for way in briefing.exits if not way.locked)
    strangers = (person for person in briefing.npcs if person.id not in state.met)
    yield from (Idea(f"Talk to {person.name}", _deed("talk", npc=person.id)) for person in strangers)
    yield from (_attempt(feature, scene) for feature in briefing.features if feature.id not in state.used)
    yield from (_go(way) for way in ways if way.to.id not in charted)
    yield from (_take(find) for find in _within_reach(scene, briefing))
    for person in briefing.npcs:
        if person.topics:
            topic = person.topics[number % len(person.topics)]
            asked = _deed("talk", npc=person.id, topic=topic.id)
            yield Idea(f"Ask {person.name} about {topic.name}", asked)
    if all(person.disposition > HOSTILE for person in briefing.npcs) and not is_full(scene):
        affordable = [ware for ware in briefing.wares if ware.left and ware.price <= state.character.credits]
        yield from (Idea(f"Buy {ware.name}", _deed("buy", item=ware.id)) for ware in affordable[:2])
    yield from (_go(way) for way in ways if way.to.id in charted)
    yield from (_attack(enemy.id, enemy.name) for enemy in briefing.enemies)
    yield from _rest(scene, briefing)
    yield Idea("Search the place", _deed("search"))


def is_full(scene: Scene) -> bool:
    """Whether the cat can carry nothing more that has a weight."""
    cat = scene.state.character
    return scene.derived.load >= cat.capacity or len(cat.inventory) >= MOST_INSTANCES


def _within_reach(scene: Scene, briefing: Briefing) -> Iterator[Thing]:
    """The finds that there may be room for."""
    return (find for find in briefing.finds if find.name == _MONEY or not is_full(scene))


def blows(scene: Scene) -> Iterator[Idea]:
    """Attacks, on the enemy with the fewest hit points first; none for a cat with a quarter of its own or less."""
    assert scene.state.encounter is not None
    cat = scene.state.character
    named = tell_apart(scene.state.encounter.enemies)
    standing = sorted((enemy for enemy in scene.state.encounter.enemies if enemy.hp > 0), key=lambda enemy: enemy.hp)
    if cat.hp * 4 > cat.max_hp:
        yield from (_attack(enemy.id, named[enemy.id]) for enemy in standing)


def ways_out(scene: Scene, briefing: Briefing) -> Iterator[Idea]:
    """Ideas that keep a hurt cat alive: to mend, and to be elsewhere."""
    yield from islice(_remedies(scene), 1)
    if any(not way.locked for way in briefing.exits):
        yield Idea("Flee", _deed("flee"))


def fighting_ideas(scene: Scene) -> Iterator[Idea]:
    """Other ideas for a running fight."""
    assert scene.state.encounter is not None
    cat = scene.state.character
    named = tell_apart(scene.state.encounter.enemies)
    foe = min((enemy for enemy in scene.state.encounter.enemies if enemy.hp > 0), key=lambda e: e.hp, default=None)
    for known in cat.abilities:
        ability = known.ability
        ready = not find_hindrance(known, cat.energy) and not ability.escapes
        if ready and foe and ability.target == "enemy":
            used = _deed("use_ability", ability=ability.id, target=foe.id)
            yield Idea(f"Use {ability.name} on {named[foe.id]}", used)
        elif ready and ability.target == "self" and ability.heal:
            yield Idea(f"Use {ability.name}", _deed("use_ability", ability=ability.id))
    yield Idea("Defend", _deed("defend"))
    if not any(condition.id == "hidden" for condition in cat.conditions):
        yield Idea("Hide", _deed("hide"))


def tell_apart(enemies: tuple[Combatant, ...]) -> dict[str, str]:
    """The name of each, by its id: two of one name are counted."""
    names = Counter(enemy.name for enemy in enemies)
    return {
        enemy.id: f"the {_NTH[at]} {enemy.name}" if names[enemy.name] > 1 else enemy.name
        for at, enemy in enumerate(enemies)
    }


def _deed(tool: str, **arguments: str) -> Intended:
    return Intended(tool, arguments)


WAITING = Idea("Wait until it passes", _deed("defend"))
"""Idea for a cat that cannot act: any attempt spends its turn."""


def _grow(stat: Stat) -> Idea:
    return Idea(f"Level up {stat}", _deed("level_up", stat=stat))


def _attack(target: str, name: str) -> Idea:
    return Idea(f"Attack {name}", _deed("attack", target=target))


def _take(find: Thing) -> Idea:
    return Idea(f"Take {find.name}", _deed("take", find=find.id))


def _go(way: Way) -> Idea:
    return Idea(f"Go to {way.to.name}", _deed("move_to", place=way.to.id))


def _unlock(way: Way) -> Idea:
    return Idea(f"Unlock {way.name}", _deed("unlock", exit=way.id))


def _attempt(feature: Thing, scene: Scene) -> Idea:
    best = max(feature.stats, key=lambda stat: scene.derived.stats.get(stat, 0))
    return Idea(f"Try {feature.name} with {best}", _deed("try_feature", feature=feature.id, approach=best))


def _rest(scene: Scene, briefing: Briefing) -> Iterator[Idea]:
    """Sleep comes where it is safe and nobody waits, and not again while one is still rested."""
    cat = scene.state.character
    rested = any(condition.id == "rested" for condition in cat.conditions)
    if briefing.safe and not briefing.enemies and not rested and cat.hp < cat.max_hp:
        yield Idea("Rest", _deed("rest"))


def _remedies(scene: Scene) -> Iterator[Idea]:
    cat = scene.state.character
    for item in cat.inventory if cat.hp < cat.max_hp else ():
        if item.use and item.use.heal and not item.use.damage and item.charges != 0:
            yield Idea(f"Use {item.name}", _deed("use_item", item=item.id))
