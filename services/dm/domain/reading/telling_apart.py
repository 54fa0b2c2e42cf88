"""Enemies told apart by more than a name: "the one on my back", "the one that is weakest"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import DETERMINERS, ORDINALS
from services.dm.domain.reading.english.questions import AUXILIARIES
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms, stem
from services.dm.domain.reading.stature import extreme

_TELLING = word_set("on that who which with in behind near by at from under")
"""Words that follow "the one" where it is told which."""
_CONTRARY = {"least hp": "most hp", "most hp": "least hp"}
"""The figure that is meant when one is denied: "the one that is not hurt"."""
_SENTENCE = re.compile(r"[.!?:;]")
_SAYS_NOTHING = DETERMINERS | _TELLING | word_set("is it are")


def told_apart(words: Sequence[str], scope: Scope) -> tuple[Entity, ...]:
    """The enemies that "the one …" may mean: by a figure the one or those of that figure, all of them where the scene
    does not know what is told; nothing where they are not told apart so."""
    ones = (at for at, word in enumerate(words[:-1]) if word == "one" and words[at + 1] in _TELLING)
    at = next((at for at in ones if at and words[at - 1] in DETERMINERS), -1)
    foes = scope.of("foe") if at >= 0 else ()
    rest = words[at + 1 :]
    phrase = take_apart(rest)
    counted = any(word.isdigit() or word in ORDINALS for word in words if word != "one")
    named = any(word in foe.words for word in phrase.content for foe in foes)
    if len(foes) < 2 or counted or named or phrase.other or _SAYS_NOTHING.issuperset(rest):
        return ()
    measure = _CONTRARY.get(phrase.superlative, "") if "not" in rest else phrase.superlative
    return (extreme(foes, measure) if measure else ()) or _told_before(phrase.content, foes, scope) or foes


def _told_before(said: Sequence[str], foes: Sequence[Entity], scope: Scope) -> tuple[Entity, ...]:
    """The enemy of whom the story has told all of this: "the one walking in circles"."""
    wanted = [set(base_forms(stem(word))) for word in said if word not in AUXILIARIES]
    for turn in reversed(scope.history):
        for sentence in reversed(_SENTENCE.split(turn.narrative)):
            told = {form for word in tokens(sentence) for form in base_forms(stem(word))}
            numbers = {ORDINALS[word] for word in tokens(sentence) if word in ORDINALS}
            meant = tuple(foe for foe in foes if foe.order in numbers)
            if wanted and meant and all(forms & told for forms in wanted):
                return meant
    return ()
