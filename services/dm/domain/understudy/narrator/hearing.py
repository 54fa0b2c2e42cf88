"""Hearing: what was put to somebody who has no line for it, told back; by the rules nothing becomes of it."""

from __future__ import annotations

from contracts.dm import InvokeDungeonMaster
from contracts.lore import Person
from services.dm.domain.english.tokens import words
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.grounding.prompt_leakage import find_prompt_leakage
from services.dm.domain.reading import Scope
from services.dm.domain.reading.put_to_somebody import Put, find_put
from services.dm.domain.understudy.narrator.evidence import may_be_recalled, stands
from services.dm.domain.understudy.narrator.grammar import Voice, join_names
from services.dm.domain.understudy.narrator.insults import insults
from services.dm.domain.understudy.narrator.memory import quote
from services.dm.domain.understudy.narrator.scenery import Sentences

_WORK = word_set("work job jobs quest quests task mission hire employ")
_BECOMES = {"request": "ungranted", "question": "passed-over", "news": "heard", "own": "answered-beside"}


def hear(person: Person, request: InvokeDungeonMaster, voice: Voice, has: str = "", part: float = 0) -> Sentences:
    """Nothing where nothing was put to them, or less than this part of the action. `has`: "work", or a "topic"."""
    put = find_put(request.action, person.id, Scope(request.scene, request.briefing, request.history))
    if put is None or len(put.said) < part * len(request.action):
        return ()
    told = _tell_back(put, person, request) or voice.says("put", npc=person.name)
    if has == "topic":
        return (told,) if put.kind == "request" and not put.reported.startswith("for ") else ()
    if has and not _WORK.isdisjoint(words(put.said)):
        return (told,)
    own, rude = person.voice, insults(request)
    fits = own.small_talk if own and put.kind == "own" else (own.unknown,) if own and put.kind != "news" else ()
    line = voice.picks([each for each in fits if each]) if any(fits) else ""
    became = voice.says("insulted" if rude else _BECOMES[put.kind], npc=person.name, line=line)
    topics = join_names([topic.name for topic in person.topics], "or")
    offer = bool(topics) and put.kind != "own" and not (rude or has or request.scene.state.encounter)
    return (told, became, *((voice.says("would-talk", npc=person.name, topics=topics),) if offer else ()))


def _tell_back(put: Put, person: Person, request: InvokeDungeonMaster) -> str:
    """The player's words in a sentence of ours; none where it would tell what is not so, or what is hidden."""
    reported = f"You {put.verb} {person.name} {put.reported}."
    if put.reported and not any(find_prompt_leakage(reported)) and stands(reported, request):
        return reported
    if put.reported and (put.said.startswith("That ") or not put.reported.startswith("that ")):
        told = f"You {put.verb} {person.name} {quote(put.reported)}."
    else:
        told = f"You {'put it' if put.kind in ('question', 'own') else 'say'} to {person.name}: {quote(put.said)}"
    return told if not any(find_prompt_leakage(told)) and may_be_recalled(told, request) else ""
