"""A name without a verb: what is likeliest wanted of whom or what it names."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.reading import (
    attempts,
    consumables,
    few_words,
    fighting,
    looking,
)
from services.dm.domain.reading.asking import is_asked, names_all_of, subjects_of
from services.dm.domain.reading.best_deed import SURE
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import DETERMINERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.likeness import is_all_of_it
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Meaning, Roleplay
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb, begins_with_verb, is_known

_ANYTHING = ("answer", "do", "rp", "no")


def read_name(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """A name without a verb: an ability is used, a person spoken to, anything else looked at."""
    known = next(iter(subjects_of(clause.said, scope, False, SURE, _ANYTHING)), None)
    if known and not meaningful(clause.words)[3:]:
        return one(0.6, known)
    found = mention(clause.words, scope, *looking.LOOKED_AT, "ability", "place", "quest", "offer", "topic")
    acted = begins_with_verb(clause.words)
    if not found.entities or not take_apart(clause.words).content or (acted and found.score < 0.6):
        return one(0.5, known) if known else None
    entity = found.entities[0]
    if acted and entity.kind in ("person", "topic"):
        return one(0.5, Roleplay("emote", entity.owner or entity.id), entity)
    if entity.kind == "person" and found.score >= 0.8 and _is_done_to(entity, clause):
        return one(0.5, Roleplay("emote", entity.id), entity)
    only_that = found.score >= 0.8 and is_all_of_it(clause.words, entity)
    if entity.kind in ("person", "topic") and not only_that and len(clause.words) > 1:
        return one(0.5, known) if known else None
    if entity.kind == "person":
        return one(0.6, Deed("talk", {"npc": entity.id, "topic": None}), entity)
    if entity.kind == "topic":
        talk = Deed("talk", {"npc": entity.owner, "topic": entity.id})
        told = names_all_of(clause.words, entity) or is_asked(entity.owner, clause.said, scope)
        return one(0.6, talk if told else Ask((talk,)), entity)
    return _bare_thing(entity, clause, scope, acted)


def _bare_thing(entity: Entity, clause: Clause, scope: Scope, acted: bool) -> Candidate:
    """In a fight a thing that helps is used when its name is called, as often as is said; anything else is looked
    at."""
    if entity.kind == "item" and not acted and scope.fighting and few_words.is_mostly(entity, clause, scope):
        verb = Verb("use", "", ("use",), clause.words)
        candidate = (
            consumables.use(verb, clause, scope) if entity.thing.use else fighting.ask_if_blow(entity, clause, scope)
        )
        if candidate:
            return replace(candidate, score=0.6, about=(entity,))
    return one(0.6, _looked_at(entity, clause, scope), entity)


def _looked_at(entity: Entity, clause: Clause, scope: Scope) -> Meaning:
    if entity.kind == "feature" and _is_handled(entity, clause):
        candidate = attempts.attempt(Verb("try", "", clause.words[:1], clause.words[1:]), clause, scope)
        if candidate:
            return candidate.meanings[0]
    if entity.kind == "feature" and (tried := few_words.approach(entity, clause, scope)):
        return tried.meanings[0]
    return looking.told_of(entity) if entity.kind not in ("foe", "spawn") else Answer("enemies")


def _is_done_to(person: Entity, clause: Clause) -> bool:
    """ "trip the kid": words before who is named that neither name nor point."""
    first = clause.words[0]
    return (
        len(clause.words) > 1
        and stem(first) not in person.words
        and not ({first} & (DETERMINERS | PREPOSITIONS | PRONOUNS | WH | AUXILIARIES) or first in ("old", "you", "hey"))
    )


def _is_handled(feature: Entity, clause: Clause) -> bool:
    """A word before the name of a feature that is no word of any other kind: a verb nobody has thought of."""
    first = clause.words[0]
    return len(clause.words) > 1 and stem(first) not in feature.words and not is_known(first) and not clause.marked
