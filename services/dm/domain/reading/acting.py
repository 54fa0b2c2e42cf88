"""Deeds by their verb, told as they are done, as they were reported, or as going on."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import (
    conversation,
    people,
)
from services.dm.domain.reading.best_deed import find_best
from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import PREPOSITIONS
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.meaning import Ask, Deed
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.rewording import reword
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import hear


def read_deed(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    if clause.said[:2] == ("i", "was"):
        return None  # what was going on, and is told
    with_it = reword(clause, scope)
    best = (with_it and _sure_deed(find_best(with_it, scope))) or find_best(clause, scope)
    if best and best.score >= 0.4:
        return best
    for at in range(1, min(len(clause.words), 14)):
        if clause.words[at] in PREPOSITIONS or clause.words[at - 1] in _OTHERS:
            continue
        named = clause.words[at - 1] == "i" or at + 1 < len(clause.words)
        if clause.words[at - 1] == "i" or (
            named and at < 5 and clause.words[at - 1] not in ("the", "a", "my", "of", "to")
        ):
            _, words, _ = lead_off(clause.words[at:])
            later = find_best(replace(clause, words=tuple(words)), scope, sure=True)
            if later and later.score >= (0.5 if clause.words[at - 1] == "i" else 0.62):
                return later
    return best if best and best.score >= 0.3 else None


_OTHERS = word_set("it he she they")
"""Subjects of a deed that is not the cat's."""


def _sure_deed(candidate: Candidate | None) -> Candidate | None:
    return candidate if candidate and candidate.score >= 0.6 and isinstance(candidate.meanings[0], Deed) else None


def read_report(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "I pad over to the clerk to ask him what …": talk after what is only a gesture."""
    verb = conversation.find_later_talk(clause.words)
    before_it = clause.words[: -len(verb.rest) - verb.length] if verb else ()
    first = find_best(replace(clause, words=before_it), scope) if before_it else None
    if first and first.score >= 0.4 and isinstance(first.meanings[0], Deed | Ask):
        return None
    talked = people.talk(verb, clause, scope) if verb else None
    return talked if talked and isinstance(talked.meanings[0], Deed) else None


def read_continuation(
    clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope
) -> Candidate | None:
    """ "talk to her about the rain, then the chute": the verb before, with another object."""
    verbs = [verb for verb in hear(before.words) if verb.sure == 1.0] if before else []
    if before is None or not verbs or not meaningful(clause.words) or hear(clause.words):
        return None
    kept = before.words[: max(verb.length for verb in verbs)]
    if verbs[0].sense in ("talk", "show", "persuade") or "about" in before.words:
        at = before.words.index("about") if "about" in before.words else len(kept)
        kept = (*before.words[:at], "about")
    found = find_best(replace(before, words=(*kept, *clause.words)), scope)
    return found if found and found.score >= 0.6 else None
