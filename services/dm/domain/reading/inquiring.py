"""Questions: what is asked is answered, a deed that leave is asked for is done or weighed."""

from __future__ import annotations

from services.dm.domain.reading import looking
from services.dm.domain.reading.asking import answers, bare, in_context, subjects_of
from services.dm.domain.reading.best_deed import LIKELY, find_best
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning, Roleplay
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.nearby import find_near
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.second_opinion import is_for_show, is_politely_ordered
from services.dm.domain.reading.verbs import hear, without_verb

_NOT_RATHER = ("wares", "does", "inventory", "look", "money")
"""Subjects in whose place a deed that leave is asked for is done."""
_MEETING = ("talk", "examine", "search", "greeting")
"""Verbs by which somebody is asked for, not something of them."""


def read_question(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    if addressed and not clause.question:
        return None
    if clause.question:
        greeting = find_best(clause, scope, only=("greeting", "small-talk", "farewell"))
        if greeting and greeting.score > 0.9:
            return greeting
        found = in_context(answers(clause, scope), clause, scope)
        if found:
            return Candidate(0.9, found, find_mentioned(clause, scope))
        asking = clause.words[0] in WH or (
            clause.words[0] in AUXILIARIES and clause.words[0] not in ("have", "any", "can")
        )
        return None if hear(clause.words) and not asking else one(0.3, _murmur(clause, scope))
    if clause.marked and not clause.request and not is_politely_ordered(clause):
        known = subjects_of(clause.said, scope, True, LIKELY)
        if known:
            return Candidate(0.9, known, find_mentioned(clause, scope))
    words = bare(clause.words, scope)
    if words and not clause.led:
        accepted = find_best(clause, scope, only=("accept",)) if scope.of("offer") else None
        return accepted or one(0.9, words)
    return read_request(clause, scope) if clause.request else None


def find_mentioned(clause: Clause, scope: Scope) -> tuple[Entity, ...]:
    found = mention(clause.words, scope, "person", "foe", "spawn", "feature", "find", "item", "ware")
    return found.entities[:1]


def _murmur(clause: Clause, scope: Scope) -> Meaning:
    return Roleplay("murmur", near=find_near(clause.words, scope))


def read_request(clause: Clause, scope: Scope) -> Candidate | None:
    """ "can I …?": what costs nothing is done; of anything that is never a guess it is asked whether it is meant."""
    known = next(iter(subjects_of(clause.said, scope, True, LIKELY)), None)
    best = find_best(clause, scope)
    violent = best is not None and isinstance(best.meanings[0], Deed) and best.meanings[0].tool in GUARDED
    if not violent and isinstance(known, Answer) and is_for_show(clause.said, scope):
        shown = best if best and best.score >= 0.5 and isinstance(best.meanings[0], Roleplay) else None
        return shown or one(0.6, Impossible("cannot", " ".join(meaningful(without_verb(clause.words))) or clause.text))
    if isinstance(known, Answer) and known.subject not in _NOT_RATHER and not violent:
        return one(0.9, known)
    meets = all(verb.sense in _MEETING for verb in hear(clause.words) if verb.sure == 1.0)
    if meets and (best is None or isinstance(best.meanings[0], Impossible)):
        person = resolve(clause.words[-1:], scope, "person")
        if person.one and person.named and person.score >= 0.9:
            return one(0.8, Deed("talk", {"npc": person.one.id, "topic": None}), person.one)
    if best is None or best.score < 0.5:
        return one(0.6, known) if known else None
    first = best.meanings[0]
    if isinstance(first, Deed) and first.tool == "use_ability":
        return one(0.9, Answer("ability", first.arguments["ability"]))
    if isinstance(first, Deed) and first.tool in GUARDED and (first.tool != "buy" or clause.marked):
        return one(0.9, looking.told_before(first, best.about) or Ask((first,), clause.text), *best.about)
    return best
