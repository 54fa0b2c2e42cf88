"""Closing: how a story ends — how a fight stands, what could be done next, and a sentence of the place's own air."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.tokens import words
from services.dm.domain.understudy.narrator.grammar import Voice, bare, the
from services.dm.domain.understudy.narrator.naming import condition_of, tell_foes, tell_standing

Pointer = tuple[str, dict[str, str]]
"""A kind of sentence with the names in it; `about` is what a story speaks of when it says so already."""
SHORT = 40
"""Words below which a story has room for what else is so."""
AIR = 12
"""Words of a sentence of atmosphere, about."""
AIRED = 3
"""Turns from one sentence of the place's own air to the next: a place has but a few."""
FULL = 85
"""Words above which it has said enough."""


def close(told: str, request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    """The sentences that end this story."""
    state = request.scene.state
    if state.status == "ended":
        yield voice.says("the-end")
        return
    length = len(words(told))
    if state.encounter:
        for sentence in _fight(request, voice):
            length += len(words(sentence))
            yield sentence
        if length < SHORT - AIR:
            yield voice.says("fight-could")
        if length < FULL:
            yield voice.says("fighting")
        return
    air = "" if length > FULL else _air(request, voice)
    length += len(words(air))
    for pointer in _pointers(told, request, voice) if length < SHORT else ():
        yield pointer
        length += len(words(pointer))
        if length >= SHORT:
            break
    if air:
        yield air


def _air(request: InvokeDungeonMaster, voice: Voice) -> str:
    """One sentence of atmosphere: how it hurts, what the place is like, or what the cat does with itself."""
    cat = request.scene.state.character
    if cat.hp * 3 <= cat.max_hp:
        return voice.says("hurt")
    lines = request.briefing.ambience
    own = voice.picks(lines) if lines and request.number % AIRED == 0 else ""
    return own or voice.says("calm")


def _fight(request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    """The enemies that still stand, and how the cat is; what an answer has told already is not told again."""
    fight, cat = request.scene.state.encounter, request.scene.state.character
    foes = fight.enemies if fight else ()
    standing = [foe for foe in foes if foe.hp]
    if voice.said("odds") or voice.said("foes-alike") or (len(standing) == 1 and voice.said("foe-looks")):
        pass
    elif len(standing) == 1:
        one = standing[0]
        yield voice.says("standing-one", foe=tell_foes(foes)[one.id], state=condition_of(one))
    elif standing:
        yield voice.says("standing-more", foes=tell_standing(foes))
    if voice.said("health"):
        return
    if cat.hp * 3 <= cat.max_hp:
        yield voice.says("you-in-danger")
    elif cat.hp * 3 <= cat.max_hp * 2:
        yield voice.says("you-in-fight")


def _pointers(told: str, request: InvokeDungeonMaster, voice: Voice) -> Iterator[str]:
    """Pointers to what could be done here and was not spoken of in this story: in a row, another first each turn."""
    fresh = tuple(each for each in _by_turns(_possible(request)) if each[1]["about"] not in told)
    start = request.number % len(fresh) if fresh else 0
    for kind, names in (*fresh[start:], *fresh[:start]):
        yield voice.says(kind, **{key: name for key, name in names.items() if key != "about"})


def _by_turns(possible: Iterable[Pointer]) -> Iterator[Pointer]:
    """One of each kind before the second of any."""
    kinds: dict[str, list[Pointer]] = {}
    for pointer in possible:
        kinds.setdefault(pointer[0], []).append(pointer)
    return (pointer for row in zip_longest(*kinds.values()) for pointer in row if pointer)


def _possible(request: InvokeDungeonMaster) -> Iterator[Pointer]:
    seen, state = request.briefing, request.scene.state
    for quest in (quest for quest in state.quests if quest.status == "active"):
        yield "pointer-quest", {"about": quest.name, "quest": bare(quest.name)}
    for offer in seen.quests:
        yield "pointer-offer", {"about": offer.name, "quest": bare(offer.name)}
    for feature in (feature for feature in seen.features if feature.id not in state.used):
        yield "pointer-feature", {"about": _core(feature.name), "thing": the(feature.name)}
    yield from _people(request)
    for find in seen.finds:
        yield "pointer-find", {"about": find.name, "find": the(find.name)}
    yield from _ways(request)
    searched = any(outcome.call.name == "search" for played in request.rounds for outcome in played.outcomes)
    if not (seen.enemies or searched):
        yield "pointer-search", {"about": "search"}


def _people(request: InvokeDungeonMaster) -> Iterator[Pointer]:
    for person in request.briefing.npcs:
        if person.id not in request.scene.state.met:
            yield "pointer-stranger", {"about": person.name, "npc": person.name, "role": person.role}
        elif person.topics:
            topic = person.topics[request.number % len(person.topics)].name
            yield "pointer-person", {"about": person.name, "npc": person.name, "topic": topic}


def _ways(request: InvokeDungeonMaster) -> Iterator[Pointer]:
    known = {place.id for place in request.scene.state.places}
    for way in (way for way in request.briefing.exits if not way.locked):
        kind = "pointer-known-way" if way.to.id in known else "pointer-way"
        yield kind, {"about": _core(way.to.name), "place": bare(way.to.name)}


def _core(name: str) -> str:
    return name.removeprefix("The ")
