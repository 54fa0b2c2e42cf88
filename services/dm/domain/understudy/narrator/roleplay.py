"""Roleplay: what is done or said for its own sake, answered in kind. People answer in their own voice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Person
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import Roleplay
from services.dm.domain.understudy.narrator.claims import answer_claim
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.evidence import stands
from services.dm.domain.understudy.narrator.grammar import Voice, join_names
from services.dm.domain.understudy.narrator.hearing import hear
from services.dm.domain.understudy.narrator.insults import insults
from services.dm.domain.understudy.narrator.naming import tell_foes
from services.dm.domain.understudy.narrator.own_deed import is_gesture, leave_be, quote_remark, tell_back
from services.dm.domain.understudy.narrator.scenery import Sentences

MANNERS = word_set("claim declined emote farewell greeting murmur orders small-talk speech thanks wait wish")
MOST_GESTURES = 3
_TALK = frozenset(("farewell", "greeting", "small-talk", "speech", "thanks"))
_SENSING = re.compile(r"\b(smell|sniff|listen|hear|taste|feel|breathe)\b")


def play_along(meant: Roleplay, request: InvokeDungeonMaster, voice: Voice, near: Sequence[str]) -> Sentences:
    """The story's answer; `near`: what could have been meant, as it could be typed."""
    if request.scene.state.encounter and meant.manner in _TALK:
        said = quote_remark(meant.said[0], request) if len(meant.said) == 1 else ""
        return (*((f"“{said}”",) if said else ()), voice.says("fight-talk", foe=_enemy(request)))
    person = _find_addressed(meant, request)
    if meant.manner in _TALK:
        return (_talk(meant, person, request, voice),)
    if meant.manner == "emote":
        return _emote(person, meant, request, voice)
    if meant.manner in ("claim", "wish"):
        return answer_claim(meant.said, "claim", request, voice)
    told = _tell_undone(meant, request, voice)
    return (told, *((voice.says("near", near=join_names(near, "or")),) if near and meant.manner == "murmur" else ()))


def _tell_undone(meant: Roleplay, request: InvokeDungeonMaster, voice: Voice) -> str:
    """A sentence on what is left be, or was not understood, with the words for it where they may be repeated."""
    if meant.manner == "declined" and (deed := leave_be(meant.said, request)):
        return voice.says("left-be", deed=deed)
    if meant.manner == "murmur" and (words := echo(" ".join(meant.said), request)):
        return voice.says("muttered", said=words)
    return voice.says(meant.manner)


def join_gestures(gestures: Sequence[Roleplay]) -> Roleplay:
    """The gestures of one turn as one, in the order in which they were typed."""
    about = next((gesture.about for gesture in gestures if gesture.about), None)
    return replace(gestures[0], about=about, said=tuple(said for gesture in gestures for said in gesture.said))


def _find_addressed(meant: Roleplay, request: InvokeDungeonMaster) -> Person | None:
    present = request.briefing.npcs
    named = next((person for person in present if person.id == meant.about), None)
    alone = present[0] if len(present) == 1 and meant.about is None and meant.manner in _TALK else None
    return named or alone


def _talk(meant: Roleplay, person: Person | None, request: InvokeDungeonMaster, voice: Voice) -> str:
    if person is None:
        return _talk_to_nobody(meant, request, voice)
    manner = meant.manner
    if manner in ("small-talk", "speech") and (heard := hear(person, request, voice, part=0.5)):
        return " ".join(heard)
    insulted = insults(request)
    lines = _lines("unknown" if insulted else manner, person, request)
    frame = "insulted" if insulted else _FRAMES[manner]
    line = voice.picks(lines) if lines else ""
    if manner == "thanks":
        return f"{voice.says('thanked', npc=person.name)} {line}".strip()
    return voice.says(frame, npc=person.name, line=line) if line else voice.says("no-answer", npc=person.name)


def _talk_to_nobody(meant: Roleplay, request: InvokeDungeonMaster, voice: Voice) -> str:
    remark = quote_remark(meant.said[0], request) if len(meant.said) == 1 else ""
    if remark:
        return voice.says("remark", said=remark)
    return voice.says("speech" if request.briefing.npcs or request.briefing.enemies else "to-the-air")


_FRAMES: Mapping[str, str] = {
    "greeting": "greeted",
    "small-talk": "chatted",
    "speech": "unheard",
    "farewell": "parted",
    "thanks": "thanked",
}


def _lines(manner: str, person: Person, request: InvokeDungeonMaster) -> tuple[str, ...]:
    """Lines that they may say to this, in their own words."""
    own = person.voice
    if own is None:
        return ()
    met = person.id in request.scene.state.met
    lines = {
        "greeting": ((own.again, *own.small_talk) if met else (own.greeting,)),
        "farewell": (own.farewell, *own.small_talk),
        "small-talk": own.small_talk,
        "speech": (own.unknown, *own.small_talk),
        "unknown": (own.unknown, *own.small_talk),
    }.get(manner, ())
    return tuple(line for line in lines if line)


def _enemy(request: InvokeDungeonMaster, about: str | None = None) -> str:
    """The enemy that is meant, or the first that stands."""
    fight = request.scene.state.encounter
    enemies = fight.enemies if fight else ()
    called = tell_foes(enemies)
    standing = next((called[foe.id] for foe in enemies if foe.hp), "it")
    return called.get(about or "", standing)


def _emote(person: Person | None, meant: Roleplay, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    if person and insults(request):
        return (_talk(replace(meant, manner="speech"), person, request, voice),)
    told = _tell_gestures(meant.said, request, voice)
    if request.scene.state.encounter:
        return (told, voice.says("at-foe", foe=_enemy(request, meant.about)))
    if _SENSING.search(request.action.casefold()) and (air := voice.picks(request.briefing.ambience or ("",))):
        return (voice.says("sensing"), air)
    unseen = any(condition.id == "hidden" for condition in request.scene.state.character.conditions)
    witness = None if unseen else person or next(iter(request.briefing.npcs), None)
    return (told, *((voice.says("watched", npc=witness.name),) if witness else ()))


def _tell_gestures(said: Sequence[str], request: InvokeDungeonMaster, voice: Voice) -> str:
    """A sentence of the player's words: what any cat can do is done, what the rules know nothing of is tried."""
    deeds = tuple(filter(None, (tell_back(each, request) for each in said[:MOST_GESTURES])))
    if not deeds:
        remark = quote_remark(said[0], request) if said else ""
        return voice.says("remark", said=remark) if remark else voice.says("emote")
    deed = join_names(deeds)
    done = voice.says("done", deed=deed) if all(map(is_gesture, deeds)) else ""
    return done if done and stands(done, request) else voice.says("meant", deed=deed)
