"""Reading an action: which intents it asks for, in which order, and what the story must answer by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.english.language import is_foreign
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.ideas import find_idea
from services.dm.domain.out_of_play import claims_state, gives_orders
from services.dm.domain.readings import Aside, IntendedCall, Reading, intend
from services.dm.domain.understudy.reader.asking import read_question
from services.dm.domain.understudy.reader.cast import Cast, gather_cast, mentions_any, pick
from services.dm.domain.understudy.reader.clauses import Clause, split_clauses
from services.dm.domain.understudy.reader.resolving import resolve

MOST_INTENTS = 3
"""What one turn can be asked to hold; the rules give it one action and one move anyway."""

MOST_CLAUSES = 1000
_SENTENCES = re.compile(r"(?<=[.!?\n)\]}])\s*|(?=[(\[{])")
_DEEDS_OF_OTHERS = word_set("he she it they everyone everybody someone somebody nobody")


@dataclass(frozen=True)
class ClauseReading:
    """A reading with the position of its clause in the action, the same however often the action is read."""

    position: int
    reading: Reading


def read(action: str, scene: Scene, briefing: Briefing) -> tuple[ClauseReading, ...]:
    """What the action means, at most `MOST_INTENTS` intents; an action always means something."""
    idea = find_idea(action, scene, briefing)
    if idea:
        return (ClauseReading(0, idea.meant),)
    if is_foreign(action):
        return (ClauseReading(0, Aside("foreign")),)
    played = _without_orders(action)
    steps = tuple(_within_measure(_steps(played, scene, briefing)))
    if played != action:
        return (*steps, ClauseReading(MOST_CLAUSES, Aside("orders")))
    return steps or (ClauseReading(0, Aside("murmur")),)


def _without_orders(action: str) -> str:
    """The action without the sentences that talk to the machinery. When those cannot be told apart, nothing is left."""
    sentences = _SENTENCES.split(action)
    kept = [sentence for sentence in sentences if not gives_orders(sentence)]
    remaining = " . ".join(kept) if len(kept) < len(sentences) else action
    return "" if gives_orders(remaining) else remaining


def _steps(action: str, scene: Scene, briefing: Briefing) -> Iterator[ClauseReading]:
    cast = gather_cast(scene, briefing)
    addressed: tuple[str, ...] = ()
    topics = (topic.name for person in briefing.npcs for topic in person.topics)
    clauses = split_clauses(action, (*(candidate.name for candidate in cast.everything), *topics))
    for position, clause in enumerate(clauses):
        if clause.verb is None and pick(clause.said, cast.people) and position + 1 < len(clauses):
            addressed = clause.said
            continue
        yield ClauseReading(position, _reading(clause, addressed, cast, scene, briefing))
        addressed = ()


def _reading(clause: Clause, addressed: tuple[str, ...], cast: Cast, scene: Scene, briefing: Briefing) -> Reading:
    text = " ".join(clause.said)
    if clause.conditional:
        return Aside("wait")
    if clause.negated:
        return Aside("declined")
    if clause.asking:
        return read_question(clause, cast)
    if claims_state(text) and not _is_true(clause, cast):
        return Aside("claim")
    if clause.verb is None:
        return _unsaid(clause, cast)
    if _speaks_for_others(clause, cast):
        return Aside("claim")
    return resolve(_addressing(clause, addressed), cast, scene, briefing)


def _is_true(clause: Clause, cast: Cast) -> bool:
    """A claim to have what is carried is no claim."""
    return "have" in clause.said and pick(clause.said, cast.carried) is not None


def _speaks_for_others(clause: Clause, cast: Cast) -> bool:
    """ "the guard falls asleep": a subject other than the cat makes it a wish."""
    before = [word for word in clause.before if not word.endswith("ly")]
    if not before or {"i", "me", "my", "we", "us", "to", "with", "can", "let"} & set(before):
        return False
    return bool(_DEEDS_OF_OTHERS & set(before)) or mentions_any(tuple(before), cast) is not None or "the" in before


def _addressing(clause: Clause, addressed: tuple[str, ...]) -> Clause:
    """ "Mags, tell me about the vault": the one who was addressed belongs to the deed."""
    if not addressed or clause.verb is None:
        return clause
    return Clause(said=(*clause.said, *addressed), spoken=clause.spoken, verb=clause.verb)


def _unsaid(clause: Clause, cast: Cast) -> Reading:
    """A clause without a verb: a name alone, or nothing that can be understood."""
    person = pick(clause.said, cast.people)
    if person:
        return intend("talk", npc=person.id)
    way = pick(clause.said, cast.ways)
    if way and not cast.fighting:
        return intend("move_to", place=way.id)
    about = mentions_any(clause.said, cast)
    if about:
        return Aside("look", about=about.id)
    if clause.spoken:
        return Aside("speech")
    return Aside("murmur")


def _within_measure(steps: Iterator[ClauseReading]) -> Iterator[ClauseReading]:
    """No intent twice, and no more than a turn can hold."""
    proposed: list[IntendedCall] = []
    for step in steps:
        if isinstance(step.reading, IntendedCall):
            if step.reading in proposed or len(proposed) >= MOST_INTENTS:
                continue
            proposed.append(step.reading)
        yield step
