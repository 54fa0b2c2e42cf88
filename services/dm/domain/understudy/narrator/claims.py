"""Claims: what is only said to be so, or wished for, told back with what is so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.tokens import words
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.understudy.narrator import own, play
from services.dm.domain.understudy.narrator.grammar import Voice
from services.dm.domain.understudy.narrator.own_deed import quote_remark
from services.dm.domain.understudy.narrator.scenery import Sentences

_IN_FULL: tuple[tuple[frozenset[str], Callable[[InvokeDungeonMaster, Voice], Sentences]], ...] = (
    (word_set("quest quests job jobs task mission reward finished completed race errand"), play.quests),
    (word_set("credit credits coin coins money cash rich richest pay paid purse jackpot owe owes"), own.money),
    (word_set("life lives dead died immortal invincible"), own.lives),
    (word_set("level levels xp experience"), own.level),
    (word_set("hp health healthy healed hurt hit wounded damage"), own.health),
)
"""Answers that tell how it is, by words that a claim may hold."""


def answer_claim(said: Sequence[str], otherwise: str, request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    """The claim in the player's words and what is so; `otherwise`: the section of phrases for what is not repeated."""
    quoted = quote_remark(" ".join(said), request) if len(said) == 1 else ""
    first = voice.says("claimed", said=quoted) if quoted else voice.says(otherwise)
    return (first, *_tell_how_it_is(request, voice))


def _tell_how_it_is(request: InvokeDungeonMaster, voice: Voice) -> Sentences:
    told = frozenset(words(request.action))
    asked = next((tell for about, tell in _IN_FULL if about & told), None)
    if asked:
        return asked(request, voice)
    if request.scene.state.encounter:
        return ()  # how the fight stands is told at the end of every turn of it
    return (voice.says("so-it-is", facts=own.sum_up(request)),)
