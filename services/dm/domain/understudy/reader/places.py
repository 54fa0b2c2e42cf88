"""Deeds with a place: its features, its doors, the ways on, and looking at it."""

from __future__ import annotations

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import stem
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.readings import Aside, Reading, intend
from services.dm.domain.understudy.reader.cast import Cast, content_stems, mentions_any, pick
from services.dm.domain.understudy.reader.clauses import Clause

_OUT = frozenset(map(stem, word_set("door exit way outside gate passage street alley hatch stair stairs tunnel")))


def attempt(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    feature = pick(clause.after, cast.features)
    if feature is None:
        return _door(clause, cast, scene, briefing)
    return intend("try_feature", feature=feature.id, approach=_stat(clause, feature.id, scene, briefing))


def _door(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """What is said of features is said of doors too: force the gate, climb to the roof, open the hatch."""
    way = pick(clause.after, cast.locked)
    if way or (cast.locked and _OUT.intersection(content_stems(clause.after))):
        return unlock(clause, cast, scene, briefing)
    if pick(clause.after, cast.ways):
        return move(clause, cast, scene, briefing)
    thing = pick(clause.after, cast.carried)
    if thing:
        return intend("use_item", item=thing.id)
    if mentions_any(clause.after, cast):
        return Aside("look", about=subject_of(clause, cast))
    return Aside("absent") if content_stems(clause.after) else Aside("murmur")


def _stat(clause: Clause, feature: str, scene: Scene, briefing: Briefing) -> str:
    """The stat the verb implies if the feature takes it, else the best the cat has of those it takes."""
    offered = next((f.stats for f in briefing.features if f.id == feature), ())
    implied = clause.verb.verb.how if clause.verb else None
    named = next((stat for stat in offered if stat in clause.said), None)
    best = max(offered, key=lambda stat: scene.derived.stats.get(stat, 0), default="wits")
    return named or (implied if implied and implied in offered else best)


def search(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    """Searching a thing is trying it; searching for somebody is being told where they are."""
    feature = pick(clause.after, cast.features)
    if feature:
        return attempt(clause, cast, scene, briefing)
    find = pick(clause.after, cast.finds)
    return intend("take", find=find.id) if find else intend("search")


def move(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    if cast.fighting and (not content_stems(clause.after) or pick(clause.after, cast.ways)):
        return intend("flee")
    way = pick(clause.after, cast.ways)
    if way is None and len(cast.ways) == 1 and not content_stems(clause.after):
        way = cast.ways[0]
    if way:
        return intend("move_to", place=way.id)
    person = pick(clause.after, cast.people)
    if person:
        return intend("talk", npc=person.id)
    if mentions_any(clause.after, cast):
        return Aside("look", about=subject_of(clause, cast))
    return Aside("absent") if set(content_stems(clause.after)) - _OUT else Aside("look")


def unlock(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    way = pick(clause.after, cast.locked) or (cast.locked[0] if len(cast.locked) == 1 else None)
    if way is None:
        return attempt(clause, cast, scene, briefing) if pick(clause.after, cast.features) else Aside("absent")
    named = next((stat for stat in scene.derived.stats if stat in clause.said), None)
    return intend("unlock", exit=way.id, approach=named)


def look(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    about = subject_of(clause, cast)
    if about or not content_stems(clause.after):
        return Aside("look", about=about)
    return Aside("look") if {"around", "place", "room", "area"} & set(clause.after) else Aside("absent")


def subject_of(clause: Clause, cast: Cast) -> str | None:
    meant = mentions_any(clause.after, cast)
    return meant.id if meant else None
