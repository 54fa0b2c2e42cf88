"""Roleplay: what is done or said for its own sake, answered in kind. People answer in their own voice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Person
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import Roleplay
from services.dm.domain.understudy.narrator.evidence import stands
from services.dm.domain.understudy.narrator.grammar import Voice, join_names
from services.dm.domain.understudy.narrator.hearing import hear
from services.dm.domain.understudy.narrator.insults import insults
from services.dm.domain.understudy.narrator.naming import tell_foes
from services.dm.domain.understudy.narrator.own import sum_up
from services.dm.domain.understudy.narrator.own_gesture import own_gesture
from services.dm.domain.understudy.narrator.scenery import Sentences

MANNERS = word_set("claim declined emote farewell greeting murmur orders small-talk speech thanks wait wish")
_TALK = frozenset(("farewell", "greeting", "small-talk", "speech", "thanks"))
_SENSING = re.compile(r"\b(smell|sniff|listen|hear|taste|feel|breathe)\b")


def play_along(meant: Roleplay, request: InvokeDungeonMaster, voice: Voice, near: Sequence[str]) -> Sentences:
    """The story's answer; `near`: what could have been meant, as it could be typed."""
    if request.scene.state.encounter and meant.manner in _TALK:
        return (voice.says("fight-talk", foe=_enemy(request)),)
    person = _find_addressed(meant, request)
    if meant.manner in _TALK:
        return (_talk(meant.manner, person, request, voice),)
    if meant.manner == "emote":
        return _emote(person, meant.about, request, voice)
    if meant.manner in ("claim", "wish"):
        return (voice.says("claim"), voice.says("so-it-is", facts=sum_up(request)))
    told = voice.says(meant.manner)
    return (told, *((voice.says("near", near=join_names(near, "or")),) if near and meant.manner == "murmur" else ()))


def _find_addressed(meant: Roleplay, request: InvokeDungeonMaster) -> Person | None:
    present = request.briefing.npcs
    named = next((person for person in present if person.id == meant.about), None)
    alone = present[0] if len(present) == 1 and meant.about is None and meant.manner in _TALK else None
    return named or alone


def _talk(manner: str, person: Person | None, request: InvokeDungeonMaster, voice: Voice) -> str:
    if person is None:
        return voice.says("speech" if request.briefing.npcs or request.briefing.enemies else "to-the-air")
    if manner in ("small-talk", "speech") and (heard := hear(person, request, voice, part=0.5)):
        return " ".join(heard)
    insulted = insults(request)
    lines = _lines("unknown" if insulted else manner, person, request)
    frame = "insulted" if insulted else _FRAMES[manner]
    line = voice.picks(lines) if lines else ""
    if manner == "thanks":
        return f"{voice.says('thanked', npc=person.name)} {line}".strip()
    return voice.says(frame, npc=person.name, line=line) if line else voice.says("no-answer", npc=person.name)


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


def _emote(person: Person | None, about: str | None, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    insulting = person is not None and insults(request)
    if person and insulting:
        return (_talk("speech", person, request, voice),)
    own = own_gesture(request.action)
    done = voice.says("done", deed=own) if own else ""
    told = done if done and stands(done, request) else voice.says("emote")
    if request.scene.state.encounter:
        return (told, voice.says("at-foe", foe=_enemy(request, about)))
    if _SENSING.search(request.action.casefold()) and (air := voice.picks(request.briefing.ambience or ("",))):
        return (voice.says("sensing"), air)
    unseen = any(condition.id == "hidden" for condition in request.scene.state.character.conditions)
    witness = None if unseen else person or next(iter(request.briefing.npcs), None)
    seen = voice.says("watched", npc=witness.name) if witness else voice.says("emote") if told is done else ""
    return (told, *((seen,) if seen else ()))
