"""Deeds that their clause does not bear out: they are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import DETERMINERS, ORDINALS
from services.dm.domain.reading.meaning import Ask, Deed
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import hear

_TOLD_APART = word_set("on that who which with in behind near by at from under")
"""What follows "the one" where it is told which."""
_SAYS_NOTHING = DETERMINERS | _TOLD_APART | word_set("is it are")


def borne_out(candidate: Candidate, clause: Clause, scope: Scope) -> Candidate:
    """The same, or the question whether a deed is meant, and of whom, that the clause leaves open."""
    deeds = tuple(each for each in candidate.meanings if isinstance(each, Deed))
    if not deeds or len(deeds) < len(candidate.meanings):
        return candidate
    if _is_only_had(deeds[0], clause):
        return replace(candidate, meanings=(Ask(deeds[:1]),))
    alike = _alike(deeds, clause, scope)
    return replace(candidate, meanings=(Ask(alike),), about=()) if alike else candidate


def _is_only_had(deed: Deed, clause: Clause) -> bool:
    """Whether a thing is had, not eaten: "I have two pots of cream"."""
    had = clause.said[:2] in (("i", "have"), ("i", "got")) and clause.words[:1] in (("have",), ("got",))
    return had and deed.tool == "use_item" and all(verb.length == 1 for verb in hear(clause.words))


def _alike(deeds: Sequence[Deed], clause: Clause, scope: Scope) -> tuple[Deed, ...]:
    """One deed for each enemy, where "the one on my back" is told apart by what the scene does not know of them."""
    words = clause.words
    ones = (at for at, word in enumerate(words[:-1]) if word == "one" and words[at + 1] in _TOLD_APART)
    at = next((at for at in ones if at and words[at - 1] in DETERMINERS), -1)
    foes = scope.of("foe") if at >= 0 else ()
    if len(foes) < 2 or len(deeds) > 1 or deeds[0].arguments.get("target") not in {foe.id for foe in foes}:
        return ()
    phrase = take_apart(words[at + 1 :])
    counted = any(word.isdigit() or word in ORDINALS for word in words if word != "one")
    named = any(word in foe.words for word in phrase.content for foe in foes)
    if counted or named or phrase.superlative or phrase.other or _SAYS_NOTHING.issuperset(words[at + 1 :]):
        return ()
    return tuple(replace(deeds[0], arguments={**deeds[0].arguments, "target": foe.id}) for foe in foes)
