"""Needs: what somebody says to lack ("I am hungry"), met with what there is for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import Deed, Scope, objection
from services.dm.domain.understudy.narrator import own, play
from services.dm.domain.understudy.narrator.goods import good_for
from services.dm.domain.understudy.narrator.grammar import Voice, are, join_names, the
from services.dm.domain.understudy.narrator.scenery import Sentences

_LONGEST = 8
_OF_ONESELF = re.compile(r"(?:(?:and|but|oh|ok|well|ugh|god|please)(?: ,)? )*(?:i|we|my|so|very|feeling)\b")


def meet_need(said: Sequence[str], request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Sentences on what there is against a need that is told of; none when it is no need."""
    told = said[0] if len(said) == 1 else ""
    words = told.split()
    if len(words) > _LONGEST or "not" in words or not _OF_ONESELF.match(told):
        return ()
    meet = next((meet for needs, meet in _MET if not needs.isdisjoint(words)), None)
    return meet(request, voice) if meet else ()


def tell_mending(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """Things carried that mend."""
    mends = [item for item in request.scene.state.character.inventory if item.use and item.use.heal]
    if not mends:
        return (voice.says("need-nothing-mends"),)
    things = tuple(dict.fromkeys(f"{the(item.name)}, {good_for(item)}" for item in mends))
    return (voice.says("need-mends", things=join_names(things), **{"is": are(tuple(item.name for item in mends))}),)


def _heal(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return (*own.health(request, voice), *tell_mending(request, voice))


def _sleep(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The state of the body, and whether one can sleep here."""
    return (*own.health(request, voice), tell_sleep(request, voice))


def tell_sleep(request: InvokeDungeonMaster, voice: Voice) -> str:
    """Whether one can sleep here and now."""
    barred = objection(Deed("rest", {}), Scope(request.scene, request.briefing))
    here = request.briefing.safe and not request.scene.state.encounter and not barred
    return voice.says("need-sleep" if here else "need-sleep-elsewhere")


def _go_on(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    return () if request.scene.state.encounter else play.options(request, voice)


_MET: tuple[tuple[frozenset[str], Callable[[InvokeDungeonMaster, Voice], Sentences]], ...] = (
    (word_set("hungry starving famished peckish starved thirsty"), tell_mending),
    (word_set("hurt hurts hurting wounded injured bleeding sick dying healing aches ache sore"), _heal),
    (word_set("tired sleepy exhausted knackered weary"), _sleep),
    (word_set("lost stuck confused bored clueless"), _go_on),
)
