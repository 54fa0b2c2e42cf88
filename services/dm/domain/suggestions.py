"""What could be done next: actions that the rules would take now, in words that a player would type."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.lore import Briefing, Way
from contracts.state import Scene
from services.dm.domain.wayfinding import first_step

MOST = 3
LONGEST = 120
"""Characters of one suggestion."""


def suggest(scene: Scene, briefing: Briefing, number: int) -> tuple[str, ...]:
    """Up to three legal actions, at most two of them urgent. The turn's number turns the order, so that whoever always
    takes the first one does not walk in a circle: every third turn it is one of the usual ones."""
    if scene.state.status == "ended":
        return ()
    if scene.state.encounter:
        return tuple(dict.fromkeys(_fight(scene)))[:MOST]
    pressing = _turned(tuple(dict.fromkeys(_urgent(scene, briefing))), number)
    others = _turned(tuple(dict.fromkeys(_usual(scene, briefing, number))), number)
    first = (*others[:1], *pressing[:2]) if number % 3 == 2 else pressing[:2]
    ranked = dict.fromkeys((*first, *others, *pressing))
    return tuple(action for action in ranked if len(action) <= LONGEST)[:MOST]


def _turned(actions: tuple[str, ...], number: int) -> tuple[str, ...]:
    start = number % len(actions) if actions else 0
    return (*actions[start:], *actions[:start])


def _urgent(scene: Scene, briefing: Briefing) -> Iterator[str]:
    """What a cat with its wits about it would think of first."""
    cat = scene.state.character
    if cat.choices:
        yield f"Level up {max(cat.stats, key=lambda stat: cat.stats[stat])}"
    if cat.hp * 2 < cat.max_hp:
        yield from ("Rest",) if briefing.safe else _remedies(scene)
    yield from (f"Accept {quest.name}" for quest in briefing.quests)
    yield from (f"Take {find.name}" for find in briefing.finds)
    yield from _towards_the_quest(scene, briefing)


def _towards_the_quest(scene: Scene, briefing: Briefing) -> Iterator[str]:
    """What the current stages of the quests name, here or on the way there."""
    state = scene.state
    wanted = " ".join(quest.text for quest in state.quests if quest.status == "active").casefold()
    for enemy in briefing.enemies:
        if enemy.name.casefold() in wanted:
            yield f"Attack {enemy.name}"
    due = tuple(item.name for item in state.character.inventory if item.name.casefold() in wanted)
    for person in briefing.npcs:
        if person.name.casefold() in wanted:
            yield from (f"Give {item} to {person.name}" for item in due)
            yield f"Talk to {person.name}"
    for feature in briefing.features:
        if feature.name.casefold() in wanted and feature.id not in state.used:
            yield _attempt(feature.name, feature.stats, scene)
    named = {place.id for place in state.places if place.name.casefold() in wanted}
    named |= {way.to.id for way in briefing.exits if way.to.name.casefold() in wanted}
    step = first_step(state, named - {state.place.id})
    yield from (_passage(way) for way in briefing.exits if way.to.id == step)


def _passage(way: Way) -> str:
    return f"Unlock {way.name}" if way.locked else f"Go to {way.to.name}"


def _usual(scene: Scene, briefing: Briefing, number: int) -> Iterator[str]:
    """Everything else that can be done here, what is new before what is known."""
    state = scene.state
    known = frozenset(place.id for place in state.places)
    yield from (f"Talk to {person.name}" for person in briefing.npcs if person.id not in state.met)
    yield from (_attempt(f.name, f.stats, scene) for f in briefing.features if f.id not in state.used)
    equipped = any(item.kind in ("key", "tool") for item in state.character.inventory)
    yield from (_passage(w) for w in briefing.exits if w.to.id not in known and (equipped or not w.locked))
    for person in briefing.npcs:
        if person.topics:
            yield f"Ask {person.name} about {person.topics[number % len(person.topics)].name}"
    affordable = tuple(ware for ware in briefing.wares if ware.left and ware.price <= state.character.credits)
    yield from (f"Buy {ware.name}" for ware in affordable[:2])
    yield from (_passage(way) for way in briefing.exits if way.to.id in known and not way.locked)
    yield from (f"Attack {enemy.name}" for enemy in briefing.enemies)
    if briefing.safe and state.character.hp < state.character.max_hp:
        yield "Rest"
    yield "Search the place"


def _fight(scene: Scene) -> Iterator[str]:
    assert scene.state.encounter is not None
    cat = scene.state.character
    standing = sorted((enemy for enemy in scene.state.encounter.enemies if enemy.hp > 0), key=lambda enemy: enemy.hp)
    if standing and cat.hp * 4 > cat.max_hp:
        yield f"Attack {standing[0].name}"
    if cat.hp * 2 < cat.max_hp:
        yield from _remedies(scene)
        yield "Flee"
    for known in cat.abilities:
        affordable = known.ability.cost <= cat.energy and not known.ready_in and known.charges != 0
        if affordable and standing and (known.ability.target == "enemy" or known.ability.heal):
            yield f"Use {known.ability.name}" + (f" on {standing[0].name}" if known.ability.target == "enemy" else "")
    yield "Defend"
    yield "Flee"


def _remedies(scene: Scene) -> Iterator[str]:
    carried = scene.state.character.inventory
    return (f"Use {item.name}" for item in carried if item.use and item.use.heal and item.charges != 0)


def _attempt(name: str, stats: tuple[str, ...], scene: Scene) -> str:
    known: dict[str, int] = {str(stat): value for stat, value in scene.derived.stats.items()}
    best = max(stats, key=lambda stat: known.get(stat, 0), default=None)
    return f"Try {name} with {best}" if best else f"Try {name}"
