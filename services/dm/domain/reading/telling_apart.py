"""Enemies told apart by more than a name: "the one on my back", "the one that is weakest"."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import DETERMINERS, ORDINALS
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.stature import extreme

_TELLING = word_set("on that who which with in behind near by at from under")
"""Words that follow "the one" where it is told which."""
_CONTRARY = {"least hp": "most hp", "most hp": "least hp"}
"""The figure that is meant when one is denied: "the one that is not hurt"."""
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
    return (extreme(foes, measure) if measure else ()) or foes
