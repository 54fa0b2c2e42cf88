"""All that a clause may mean here: by its verbs, by how it is phrased, by what it names.

The rules of reading name one meaning, or ask. These are the others that they had to choose from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.dm.domain.reading.asking import meanings_of
from services.dm.domain.reading.best_deed import READERS, by_own_deed, by_verb
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import rule_on
from services.dm.domain.reading.meaning import Answer, Deed, Impossible, Meaning, Roleplay
from services.dm.domain.reading.mentions import WHOM, mention
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.people import best_topic, last_spoken_with
from services.dm.domain.reading.phrasing_model import Guess, guess
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.second_opinion import MANNERS, SENSES, asked_about, has_its_verb
from services.dm.domain.reading.verbs import FARTHEST, Verb, begins_with_verb, hear, without_verb

_GUESSES, _LIKELY = 8, 0.01
"""Number of the model's guesses that are looked into, and the least probability of one."""
_NAMED = 3
"""The most things of a kind that a name may mean."""
_OF_TOOLS: Mapping[str, tuple[str, ...]] = {**SENSES, "use_item": ("use", "eat", "heal", "throw")}


@dataclass
class Option:
    """A meaning, and what speaks for it: who proposes it, and how well the words fit."""

    candidate: Candidate
    fit: float
    sources: set[str]


def options_of(clause: Clause, ruled_so: Candidate, chosen: Candidate, scope: Scope) -> tuple[Option, ...]:
    """Every meaning once. `ruled_so`: what the rules alone say; `chosen`: what they say with the model beside them, the
    first of the options."""
    found: dict[str, Option] = {}
    for source, fit, candidate in _propose(clause, ruled_so, chosen, scope):
        kept = found.setdefault(repr(candidate.meanings), Option(candidate, fit, set()))
        kept.sources.add(source)
        kept.fit = max(kept.fit, fit)
    return tuple(found.values())


Proposal = tuple[str, float, Candidate]


def _propose(clause: Clause, ruled_so: Candidate, chosen: Candidate, scope: Scope) -> Iterator[Proposal]:
    yield "chosen", chosen.score, chosen
    yield "rules", ruled_so.score, ruled_so
    if clause.said:
        yield from _by_verb(clause, scope)
        yield from _by_later_verb(clause, scope)
        for each in guess(clause.said, scope, asked=clause.question or clause.marked)[:_GUESSES]:
            if each.sure >= _LIKELY:
                yield from _by_phrasing(each, clause, scope)
        yield from _by_name(clause, scope)
        yield from _by_company(clause, scope)


def _by_verb(clause: Clause, scope: Scope) -> Iterator[Proposal]:
    for verb in hear(clause.words):
        for found in by_verb(verb, clause, scope):
            yield "verb", found.score, found
    for own in by_own_deed(clause, scope):
        yield "own", own.score, own


def _by_later_verb(clause: Clause, scope: Scope) -> Iterator[Proposal]:
    for at in range(1, min(len(clause.words), FARTHEST)):
        verbs = [verb for verb in hear(clause.words[at:]) if verb.sure == 1.0]
        if verbs:
            rest = replace(clause, words=clause.words[at:])
            for verb in verbs:
                for reader in READERS.get(verb.sense, ()):
                    if found := reader(verb, rest, scope):
                        yield "later", found.score, _ask_if_guessed(found, clause)


def _by_phrasing(said: Guess, clause: Clause, scope: Scope) -> Iterator[Proposal]:
    if said.kind == "answer" or said.label == "do.talk.topic":
        for fit, meaning in meanings_of(said, clause.said, scope):
            yield "model", fit, one(0.9, meaning)
    elif said.kind == "do":
        yield from _by_kind_of_deed(said.name, clause, scope)
    elif said.kind == "rp" and said.name in MANNERS:
        yield "model", 1.0, one(0.5, Roleplay(MANNERS[said.name]))
    elif said.kind == "no":
        yield (
            "model",
            1.0,
            one(0.5, Impossible("cannot", " ".join(meaningful(without_verb(clause.words))) or clause.text)),
        )


def _by_kind_of_deed(tool: str, clause: Clause, scope: Scope) -> Iterator[Proposal]:
    for sense in _OF_TOOLS.get(tool, (tool,)):
        for rest in (clause.words[1:], clause.words):
            verb = Verb(sense, "", clause.words[:1] or ("",), tuple(rest))
            for reader in READERS.get(sense, ()):
                if found := reader(verb, clause, scope):
                    yield "model", found.score, _ask_if_guessed(found, clause)


def _ask_if_guessed(found: Candidate, clause: Clause) -> Candidate:
    """The same; of a deed that is never a guess and whose verb is not there the question whether it is meant."""
    first = found.meanings[0]
    if not isinstance(first, Deed):
        return found
    is_said = _is_used(clause) if first.tool == "use_item" else has_its_verb(first, clause)
    return found if is_said else asked_about(found)


def _is_used(clause: Clause) -> bool:
    """Whether there is a verb for using something up."""
    heard = (verb for at in range(len(clause.words)) for verb in hear(clause.words[at:]))
    return any(verb.sure == 1.0 and verb.sense in _OF_TOOLS["use_item"] for verb in heard)


def _by_name(clause: Clause, scope: Scope) -> Iterator[Proposal]:
    put_away = begins_with_verb(clause.words, {"drop"})
    for kind in ("feature", "find", "item", "ware", "ability", "person", "way", "quest", "offer"):
        if kind == "find" and put_away:
            continue
        named = mention(clause.said, scope, kind)
        for entity in named.entities[:_NAMED]:
            for meaning in _meanings_of_thing(entity, scope):
                yield "named", named.score, _ask_if_guessed(one(0.5, meaning, entity), clause)


def _meanings_of_thing(entity: Entity, scope: Scope) -> Iterator[Meaning]:
    """Meanings of somebody who says little but a thing's name."""
    thing = entity.thing
    if entity.kind == "feature":
        for stat in list(thing.stats)[:1]:
            yield rule_on(Deed("try_feature", {"feature": entity.id, "approach": stat}), scope, entity.name)
    elif entity.kind == "find":
        yield rule_on(Deed("take", {"find": entity.id}), scope, entity.name)
    elif entity.kind == "item":
        yield Answer("does", entity.worth)
        yield from (rule_on(deed, scope, entity.name) for deed in _uses_of(entity, scope))
    elif entity.kind == "ware":
        yield Answer("does", entity.worth)
        yield Answer("price", entity.worth)
    elif entity.kind == "ability":
        yield Answer("ability", entity.id)
        yield rule_on(Deed("use_ability", {"ability": entity.id, "target": _aim_of(entity, scope)}), scope, entity.name)
    elif entity.kind == "way":
        yield Answer("way", thing.to.id)
    elif entity.kind in ("quest", "offer"):
        yield Answer("quest", entity.id)
    if entity.kind in ("person", "feature", "find"):
        yield Answer("examine", entity.id)


def _uses_of(item: Entity, scope: Scope) -> Iterator[Deed]:
    use = item.thing.use
    if use and not use.damage:
        yield Deed("use_item", {"item": item.id, "target": None})
    if use and (use.damage or use.afflicts):
        yield from (Deed("use_item", {"item": item.id, "target": enemy.id}) for enemy in scope.enemies[:1])
    if item.thing.slot:
        yield Deed("equip", {"item": item.id})


def _aim_of(ability: Entity, scope: Scope) -> str | None:
    aim = ability.thing.ability.target
    targets = scope.enemies if aim == "enemy" else scope.of("person") if aim == "npc" else ()
    return targets[0].id if targets else None


def _by_company(clause: Clause, scope: Scope) -> Iterator[Proposal]:
    """A word to whoever is named, or was last spoken with; and what somebody here could tell of it."""
    named = mention(clause.said, scope, "person")
    person = named.entities[0] if named.entities else last_spoken_with(scope)
    if person is None:
        return
    if not scope.fighting:
        yield "talk", 0.5, one(0.5, Deed("talk", {"npc": person.id, "topic": None}), person)
        if topic := best_topic(clause.said, scope, person):
            yield "talk", 0.7, one(0.5, Deed("talk", {"npc": topic.owner, "topic": topic.id}), person, topic)
    is_meant = named.named or (person in scope.recent and not WHOM.isdisjoint(clause.words))
    if not is_meant and (topic := best_topic(clause.said, scope)):
        yield "talk", 0.6, one(0.5, Deed("talk", {"npc": topic.owner, "topic": topic.id}), topic)
