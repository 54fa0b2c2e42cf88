"""Answers about a place: who and what is here, what is for sale, where it goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Set

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Way
from services.dm.domain.understudy.narrator.goods import turns
from services.dm.domain.understudy.narrator.grammar import Voice, are, bare, join_names, the
from services.dm.domain.understudy.narrator.naming import count_foe, tell_foes
from services.dm.domain.understudy.narrator.scenery import (
    Sentences,
    describe_place,
    describe_thing,
    list_ways,
    look_at,
    trades,
    ways_on,
)
from services.dm.domain.understudy.narrator.shelf import Shelf, look_over


def enemies(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The enemies that fight, or wait to, and how they are."""
    fight = request.scene.state.encounter
    if fight:
        called = tell_foes(fight.enemies)
        up = (foe for foe in fight.enemies if foe.hp)
        standing = tuple(told for foe in up for told in look_at(foe, called[foe.id], voice))
        down = tuple(called[foe.id] for foe in fight.enemies if not foe.hp)
        return (*standing, *((voice.says("enemies-down", enemies=join_names(down)),) if down else ()))
    waiting = request.briefing.enemies
    if not waiting:
        return (voice.says("enemies-none"),)
    told = voice.says("enemies-waiting", enemies=join_names(tuple(count_foe(foe) for foe in waiting)))
    looked_at = (foe for foe in waiting if foe.description and voice.is_new(foe.description))
    looks = (voice.says("thing", thing=the(foe.name), description=foe.description) for foe in looked_at)
    return (told, *looks)


def people(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The people here, and what they would talk about."""
    told = []
    for person in request.briefing.npcs:
        topics = tuple(topic.name for topic in person.topics)
        about = f", who would talk about {join_names(topics, 'or')}" if topics else ""
        told.append(voice.says("people", npc=person.name, role=person.role, topics=about))
    return tuple(told) or (voice.says("people-none"),)


def topics(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    person = next((person for person in request.briefing.npcs if person.id == about), None)
    if person is None:
        return people(request, voice)
    names = tuple(topic.name for topic in person.topics)
    if not names:
        return (voice.says("topics-none", npc=person.name),)
    return (voice.says("topics", npc=person.name, topics=join_names(names, "or")),)


def exits(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The ways on: where each leads, whether it is shut, whether it is known."""
    return tuple(_way(way, request, voice) for way in request.briefing.exits) or (voice.says("ways-none"),)


def way(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The way to a place, or the first step towards it on one's own map."""
    state = request.scene.state
    direct = sorted((way for way in request.briefing.exits if about in (way.id, way.to.id)), key=lambda way: way.locked)
    if direct:
        return (_way(direct[0], request, voice),)
    if about == state.place.id:
        return (voice.says("here-already", place=bare(state.place.name)),)
    shut = frozenset(way.to.id for way in request.briefing.exits if way.locked) - {
        way.to.id for way in request.briefing.exits if not way.locked
    }
    road = _road(about, request, without=shut)
    if not road and (barred := _road(about, request)):
        first = next(way for way in request.briefing.exits if way.to.name == barred[0])
        return (voice.says("road-locked", goal=bare(barred[-1])), _way(first, request, voice))
    if len(road) > 1:
        steps = join_names(tuple(bare(place) for place in road[:-1]), "and then")
        return (voice.says("road", goal=bare(road[-1]), steps=steps),)
    if road:
        return (voice.says("road-one", goal=bare(road[0])),)
    return (voice.says("road-none"), *exits(request, voice))


def safety(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    seen, fight = request.briefing, request.scene.state.encounter
    if fight:
        return (voice.says("unsafe-fight"), *enemies(request, voice))
    if seen.enemies:
        foes = tuple(count_foe(foe) for foe in seen.enemies)
        return (voice.says("unsafe", enemies=join_names(foes)),)
    return (voice.says("safe" if seen.safe else "quiet"),)


def wares(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    seen = request.briefing
    if seen.shop is None:
        return (voice.says("wares-none"),)
    shelf = look_over(request)
    if not shelf.shown:
        return (voice.says("wares-gone", shop=bare(seen.shop.name)),)
    lacking = (voice.says("wares-none-fit"),) if shelf.lacking else ()
    things = join_names(tuple(f"{ware.name} for {ware.price} credits" for ware in shelf.shown))
    there_is = are(tuple(ware.name for ware in shelf.shown))
    section = "wares-fitting" if shelf.asked else "wares"
    told = voice.says(section, shop=bare(seen.shop.name), things=things, **{"is": there_is})
    return (*lacking, told, *_more(shelf.more, voice), voice.says(_purse(shelf, request), credits=_credits(request)))


def _more(more: int, voice: Voice) -> Sentences:
    """The number of wares that were not named."""
    if more == 1:
        return (voice.says("wares-one-more"),)
    return (voice.says("wares-more", more=more),) if more else ()


def _purse(shelf: Shelf, request: InvokeDungeonMaster) -> str:
    """The kind of sentence about the purse that goes with these wares."""
    if not trades(request):
        return "wares-shut"
    within = any(ware.price <= _credits(request) for ware in shelf.shown)
    return "wares-purse" if within else "wares-too-dear"


def _credits(request: InvokeDungeonMaster) -> int:
    return request.scene.state.character.credits


def world_map(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Places on the cat's own map."""
    state = request.scene.state
    known = tuple(bare(place.name) for place in state.places if place.id != state.place.id)
    been = voice.says("map", places=join_names(known)) if known else voice.says("map-bare")
    ways = ways_on(request.briefing)
    return (been, *((list_ways(ways, voice),) if ways else ()))


def time(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return (voice.says("time", turns=turns(request.scene.state.turn)),)


def examine(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return describe_thing(about, request, voice)


def read(about: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The text on a thing, which is in its description; that of a sign is in the place's."""
    return (request.briefing.description,) if about == "sign" else describe_thing(about, request, voice)


def _way(way: Way, request: InvokeDungeonMaster, voice: Voice) -> str:
    been = {place.id for place in request.scene.state.places}
    new = "" if way.to.id in been else ", where you have not been"
    shut = ", and it is locked" if way.locked else ""
    return voice.says("way", way=the(way.name), place=bare(way.to.name), state=new + shut)


def _road(about: str, request: InvokeDungeonMaster, without: Set[str] = frozenset()) -> tuple[str, ...]:
    """Names of the places on the shortest known road, the goal last; `without`: places next door that are shut."""
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
            if beyond.id not in seen and not (len(path) == 1 and beyond.id in without):
                seen.add(beyond.id)
                queue.append((*path, beyond.id))
    return ()


OF_PLACE: Mapping[str, Callable[[InvokeDungeonMaster, Voice], Sentences]] = {
    "enemies": enemies,
    "look": describe_place,
    "people": people,
    "exits": exits,
    "safety": safety,
    "wares": wares,
    "map": world_map,
    "time": time,
}
