"""What can be told of a place: who and what is here, what is for sale, where it goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Way
from services.dm.domain.understudy.narrator.grammar import join_names
from services.dm.domain.understudy.narrator.scenery import FactGroups, condition_of, describe_place, describe_thing


def enemies(request: InvokeDungeonMaster) -> FactGroups:
    """Who fights, or waits to, and how they are."""
    fight = request.scene.state.encounter
    if fight:
        standing = tuple(condition_of(foe) for foe in fight.enemies if foe.hp > 0)
        down = tuple(foe.name for foe in fight.enemies if foe.hp <= 0)
        told = f"against you: {'; '.join(standing)}" if standing else "nobody is left standing against you"
        return ((told,), (f"out of it already: {join_names(down)}",) if down else ())
    waiting = tuple(f"{foe.name} ({foe.count})" if foe.count > 1 else foe.name for foe in request.briefing.enemies)
    if not waiting:
        return (("there is nobody here to fight",),)
    return ((f"waiting here, with no good in mind: {join_names(waiting)}",),)


def people(request: InvokeDungeonMaster) -> FactGroups:
    """Who is here, and what they would talk about."""
    present = request.briefing.npcs
    if not present:
        return (("there is nobody here to talk to",),)
    told = []
    for person in present:
        topics = tuple(topic.name for topic in person.topics)
        about = f", who would talk about {join_names(topics, 'or')}" if topics else ""
        told.append(f"{person.name}, {person.role}{about}")
    return (("here with you: " + "; ".join(told),),)


def topics(about: str, request: InvokeDungeonMaster) -> FactGroups:
    person = next((person for person in request.briefing.npcs if person.id == about), None)
    if person is None:
        return people(request)
    names = tuple(topic.name for topic in person.topics)
    if not names:
        return ((f"{person.name} has nothing on the tongue but the weather",),)
    return ((f"{person.name} could be asked about {join_names(names, 'or')}",),)


def exits(request: InvokeDungeonMaster) -> FactGroups:
    """Where one can go on: where it leads, whether it is shut, whether it is known."""
    ways = request.briefing.exits
    if not ways:
        return (("there is no way on from here that can be seen",),)
    return (("the ways on from here: " + "; ".join(_way(way, request) for way in ways),),)


def way(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """How to get to a place: the way itself, or the first step towards it on one's own map."""
    state = request.scene.state
    direct = next((way for way in request.briefing.exits if about in (way.id, way.to.id)), None)
    if direct:
        return ((_way(direct, request),),)
    if about == state.place.id:
        return ((f"{state.place.name} is right here",),)
    road = _road(about, request)
    if road:
        return (
            (f"{road[-1]} is that way: by {join_names(road[:-1], 'and then')}" if road[1:] else f"{road[0]} is next",),
        )
    return (("nothing on your own map leads there yet",), *exits(request))


def safety(request: InvokeDungeonMaster) -> FactGroups:
    seen, fight = request.briefing, request.scene.state.encounter
    if fight:
        return (("safe is another word for elsewhere: there is a fight on",),)
    if seen.enemies:
        return ((f"no, not with {join_names(tuple(foe.name for foe in seen.enemies))} about",),)
    return (("it is safe here, and a cat may sleep",) if seen.safe else ("it is quiet here, but no place to sleep",),)


def wares(request: InvokeDungeonMaster) -> FactGroups:
    seen = request.briefing
    if seen.shop is None:
        return (("nothing is for sale here",),)
    left = tuple(f"{ware.name} for {ware.price} credits" for ware in seen.wares if ware.left)
    if not left:
        return ((f"{seen.shop.name} has nothing left to sell",),)
    return (
        (f"for sale at {seen.shop.name}: {join_names(left)}",),
        (f"the purse holds {request.scene.state.character.credits} credits",),
    )


def world_map(request: InvokeDungeonMaster) -> FactGroups:
    """Places on the cat's own map."""
    state = request.scene.state
    known = tuple(place.name for place in state.places if place.id != state.place.id)
    been = f"the map in your head holds {join_names(known)}" if known else "the map in your head begins here"
    ways = tuple(way.to.name for way in request.briefing.exits)
    return ((been, *((f"from this corner it goes on to {join_names(ways, 'or')}",) if ways else ())),)


def time(request: InvokeDungeonMaster) -> FactGroups:
    behind = request.scene.state.turn
    return ((f"no clock here agrees with another, so count in turns: {behind} are behind you",),)


def examine(about: str, request: InvokeDungeonMaster) -> FactGroups:
    return describe_thing(about, request)


def read(about: str, request: InvokeDungeonMaster) -> FactGroups:
    """What is written on a thing is in its description; a sign is in the place's."""
    return describe_place(request)[:1] if about == "sign" else describe_thing(about, request)


def _way(way: Way, request: InvokeDungeonMaster) -> str:
    been = {place.id for place in request.scene.state.places}
    shut = ", and it is locked" if way.locked else ""
    new = "" if way.to.id in been else ", where you have not been"
    return f"{way.name} leads to {way.to.name}{new}{shut}"


def _road(about: str, request: InvokeDungeonMaster) -> tuple[str, ...]:
    """Names of the places on the shortest known road, the goal last."""
    state = request.scene.state
    on = {place.id: place.exits for place in state.places}
    names = {exit_.id: exit_.name for place in state.places for exit_ in place.exits}
    queue: deque[tuple[str, ...]] = deque(((state.place.id,),))
    seen = {state.place.id}
    while queue:
        path = queue.popleft()
        if path[-1] == about:
            return tuple(names[id] for id in path[1:])
        for beyond in on.get(path[-1], ()):
            if beyond.id not in seen:
                seen.add(beyond.id)
                queue.append((*path, beyond.id))
    return ()


OF_PLACE: Mapping[str, Callable[[InvokeDungeonMaster], FactGroups]] = {
    "enemies": enemies,
    "look": describe_place,
    "people": people,
    "exits": exits,
    "safety": safety,
    "wares": wares,
    "map": world_map,
    "time": time,
}
