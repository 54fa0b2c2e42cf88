"""Deeds with people: talking, and winning them over."""

from __future__ import annotations

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.stems import stem
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.readings import Aside, Reading, intend
from services.dm.domain.understudy.reader.cast import Candidate, Cast, content_stems, id_of, pick
from services.dm.domain.understudy.reader.clauses import Clause

_SHOPKEEPER = frozenset(map(stem, word_set("shopkeeper vendor merchant trader keeper seller clerk dealer")))


def talk(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    person = _listener(clause, cast, briefing)
    if person is None:
        return Aside("absent") if pick(clause.after, cast.enemies) or _addresses(clause) else Aside("speech")
    said = (*clause.after, *written_out(clause.spoken))
    topics = next(p.topics for p in briefing.npcs if p.id == person.id)
    topic = pick(
        tuple(word for word in said if stem(word) not in person.called),
        tuple(Candidate(t.id, t.name, frozenset(stem(w) for w in t.name.casefold().split())) for t in topics),
    )
    return intend("talk", npc=person.id, topic=id_of(topic))


def _addresses(clause: Clause) -> bool:
    return "to" in clause.after or "with" in clause.after


def _listener(clause: Clause, cast: Cast, briefing: Briefing) -> Candidate | None:
    named = pick((*clause.after, *clause.before), cast.people)
    if named or not cast.people:
        return named
    if _addresses(clause) and content_stems(clause.after) and not _SHOPKEEPER.intersection(content_stems(clause.after)):
        return None
    return cast.people[0]


def persuade(clause: Clause, cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    person = _listener(clause, cast, briefing)
    approach = clause.verb.verb.how if clause.verb else None
    return intend("persuade", npc=person.id, approach=approach or "reason") if person else Aside("speech")
