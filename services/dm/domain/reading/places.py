"""Places: where one goes, and where one searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, missing, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.elsewhere import find_away, goes_to, not_here
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.fleeing import move_in_a_fight
from services.dm.domain.reading.law import act
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.meaning import Answer, Deed, Impossible, Roleplay
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import Objects, divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb, without_verb
from services.dm.domain.reading.weights import NOTHING_LIKE_IT, PLAIN, weigh

_DIRECTIONS: Mapping[str, frozenset[str]] = {
    "up": word_set("up stair step ladder mast rung lift roof top upward"),
    "down": word_set("down hatch slide grille drop downward sluice below"),
    "out": frozenset(),
    "outside": frozenset(),
    "upstairs": word_set("up stair step ladder mast rung lift roof top upward"),
    "downstairs": word_set("down hatch slide grille drop downward sluice below stair step"),
    "in": frozenset(),
    "inside": frozenset(),
    "back": frozenset(),
    **{
        word: frozenset()
        for word in [
            "north",
            "south",
            "east",
            "west",
            "left",
            "right",
            "forward",
            "forwards",
            "northeast",
            "northwest",
            "southeast",
            "southwest",
            "onward",
        ]
    },
}


def move(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    if scope.fighting:
        return move_in_a_fight(verb, clause, scope)
    if "~" in verb.phrase:
        whom = find_away(divide(verb.rest).after("to"), scope)
        if whom:
            return goes_to(verb, whom, weigh(verb, 0.95), scope)
        verb = replace(verb, phrase=verb.phrase[:1], rest=clause.words[1:])
    objects = divide(verb.rest)
    there = _spoken_of_last(scope) if clause.words[-1] == "there" and not meaningful(objects.whole) else None
    if there:
        return several(weigh(verb, 0.9), [act(verb, "move_to", place=there.id)], scope, (there,), False, "there")
    return _up_to(verb, objects, scope) or _to_somebody(verb, objects, scope) or _on(verb, objects, scope)


def _spoken_of_last(scope: Scope) -> Entity | None:
    """The way to the place, or to whoever is there, that the last turn asked of: "go there"."""
    said = tokens(scope.history[-1].action) if scope.history else ()
    whom = find_away(said, scope)
    named = mention(said, scope, "way")
    if whom is None:
        return named.one if named.named else None
    return next((way for way in scope.of("way") if way.thing.to.id == whom.thing.at.id and not way.thing.locked), None)


def _up_to(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """ "go up to the clerk", who is here: no more than a gesture."""
    met = find(objects, scope, "person", "feature")
    if (
        met.one
        and met.named
        and not is_secondary("move_to", verb.phrase)
        and met.score > find(objects, scope, "way").score
    ):
        return one(weigh(verb, 0.6), Roleplay("emote", met.one.id), met.one)
    return None


def _on(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """The way that is named, a direction, or the only way on."""
    leaves = {"away", "from"} <= set(objects.by) and "to" not in objects.by
    found = _found_way(verb, objects, scope) if objects.whole and not leaves else Reference()
    by_verb = resolve(verb.phrase[1:], scope, "way")
    if not found.named and by_verb.named and not meaningful(objects.whole):
        found = by_verb
    if found.named and found.entities and (found.score >= 0.8 or not is_secondary("move_to", verb.phrase[:1])):
        return _goes(verb, found, scope)
    if found.one and found.score >= 0.7 and not meaningful(objects.whole):
        return _goes(verb, found, scope)
    if verb.phrase[0] in ("leave", "exit") and set(meaningful(objects.whole)) <= _ROOM | scope.place_words:
        return _anywhere(verb, scope)
    if (
        is_secondary("move_to", verb.phrase)
        and not _direction(verb)
        and (verb.rest or verb.phrase[0] not in ("run", "leave", "move"))
    ):
        return _far(verb, objects, scope)
    if direction := _direction(verb):
        return _heads(verb, direction, objects, scope)
    if not objects.names_something:
        return _anywhere(verb, scope)
    return _far(verb, objects, scope) or missing(
        weigh(verb, NOTHING_LIKE_IT - 0.02),
        "not-here",
        " ".join(meaningful(without_verb(objects.first))),
        scope.of("way"),
    )


def _to_somebody(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """ "go back to the clerk", who is not here."""
    if is_secondary("move_to", verb.phrase) or find(objects, scope, "way", "place").score >= 0.9:
        return None
    whom = find_away(objects.whole, scope)
    if whom is None:
        return None
    score = weigh(verb, 0.8)
    return goes_to(verb, whom, score, scope) or not_here(whom, score, _towards(whom.thing.at.id, scope))


_PLUNGING = word_set("dive jump leap plunge swim hop")


def _found_way(verb: Verb, objects: Objects, scope: Scope) -> Reference:
    """The ways that are named. Into something one gets by what is called so itself, not by what lies beside it."""
    found = find(objects, scope, "way")
    if verb.phrase[-1] not in ("in", "into") or verb.phrase[0] not in _PLUNGING:
        return found
    said = {stem(word) for word in found.phrase.split()}
    own = [way for way in found.entities if any(said & set(content_of(name)) for name in way.names)]
    return replace(found, entities=tuple(own)) if own else Reference(phrase=found.phrase)


def _goes(verb: Verb, found: Reference, scope: Scope) -> Candidate:
    ways = _one_way_each(found.entities)
    deeds = [act(verb, "move_to", place=way.id) for way in ways]
    return several(weigh(verb, found.score), deeds, scope, ways, False, found.phrase)


def _one_way_each(ways: tuple[Entity, ...]) -> list[Entity]:
    """Of several ways to one place, an open one."""
    best: dict[str, Entity] = {}
    for way in sorted(ways, key=lambda way: way.thing.locked):
        best.setdefault(way.thing.to.id, way)
    return list(best.values())


def _direction(verb: Verb) -> str:
    said = (*verb.phrase, *verb.rest)
    if meaningful([word for word in verb.rest if word not in _DIRECTIONS]):
        return ""
    return next((word for word in said if word in _DIRECTIONS), "")


def _heads(verb: Verb, direction: str, objects: Objects, scope: Scope) -> Candidate:
    """Up, out, north: the only way there is that leads so, or the question which."""
    ways = _one_way_each(scope.of("way"))
    if not ways:
        return missing(weigh(verb, 0.5), "not-here", direction)
    if direction in ("in", "inside"):
        shut = [way for way in (*scope.recent, *scope.spoken_of) if way in ways and way.thing.locked]
        ways = shut[:1] or ways
    marks = _DIRECTIONS[direction]
    fitting = [way for way in ways if marks & (way.words.keys() | {stem(w) for w in way.name.split()})]
    if not marks and len(ways) != 1 and direction not in ("out", "outside", "in", "inside", "back", "onward"):
        return one(weigh(verb, 0.6), Answer("exits"))
    if marks and not fitting:
        return missing(weigh(verb, 0.5), "not-here", direction, ways)
    return several(
        weigh(verb, 0.6),
        [act(verb, "move_to", place=way.id) for way in fitting or ways],
        scope,
        fitting or ways,
        False,
        direction,
    )


_LEAVING = word_set(
    """go leave exit walk move run travel proceed continue depart head return get out outside back jog journey wander
    stroll onward vacate the set"""
)


def _anywhere(verb: Verb, scope: Scope) -> Candidate | None:
    ways = _one_way_each(scope.of("way"))
    if verb.sure < 1.0 or verb.phrase[0] not in _LEAVING:
        return None
    if not ways:
        return missing(weigh(verb, 0.5), "not-here", "")
    return several(weigh(verb, 0.6), [act(verb, "move_to", place=way.id) for way in ways], scope, ways, False, "exit")


def _far(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """A place that is known and not next door."""
    place = find(objects, scope, "place")
    if not place.named or not place.entities or place.score < 0.6:
        return None
    return one(
        weigh(verb, place.score) - 0.05,
        Impossible("not-here", place.entities[0].name, _towards(place.entities[0].id, scope)),
    )


def _towards(place_id: str, scope: Scope) -> tuple[str, ...]:
    """The way on which a place known from the map lies behind."""
    beyond = {place.id: {exit_.id for exit_ in place.exits} for place in scope.scene.state.places}
    reached = {way.thing.to.id: way.id for way in scope.of("way")}
    edge = dict(reached)
    while edge:
        if place_id in edge:
            return (edge[place_id],)
        edge = {there: way for here, way in edge.items() for there in beyond.get(here, ()) if there not in reached}
        reached |= edge
    return ()


def search(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    spot = meaningful(objects.direct)
    if verb.rest[:1] == ("out",) or (verb.phrase == ("comb",) and "my" in objects.direct):
        return None
    if find(objects, scope, "feature", "person", "item").score >= 0.8 or (spot and spot[-1] in _SPOTS):
        return None
    if verb.phrase[0] in _SENSING and (objects.after("to") or set(spot) - _ROOM):
        return None
    seen = find(objects, scope, "find", "way", "foe", "spawn")
    if seen.named and seen.entities:
        return one(weigh(verb, seen.score) - 0.1, Answer("examine", seen.entities[0].id), *seen.entities[:1])
    plain = not objects.names_something or set(meaningful(objects.whole)) <= _ROOM
    return one(weigh(verb, PLAIN if plain else 0.58), Deed("search", {}))


_SENSING = word_set("listen smell sniff")
_SPOTS = word_set("corner spot seat bed perch nook")
_ROOM = word_set(
    """room place area here everywhere walls wall floor surroundings secrets secret hidden traps clues loot treasure
    exits"""
)
