"""Words to somebody: who is called, what is put to them, and what they are told to do."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import conversation, people, trade
from services.dm.domain.reading.best_deed import find_best
from services.dm.domain.reading.candidates import Candidate, missing, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import CARDINALS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import ROLE, Entity
from services.dm.domain.reading.honesty import claim
from services.dm.domain.reading.inquiring import read_request
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Roleplay
from services.dm.domain.reading.mentions import mention
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import meaningful
from services.dm.domain.reading.rewording import is_for
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb, begins_with_verb, hear


def read_call(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "ferrule, what happened to breakfast?": a question to somebody is put to them."""
    person, rest = conversation.split_call(clause.said, scope)
    if person is None:
        person, rest = (addressed, clause.words) if addressed else _vocative(clause, scope)
    rest = tuple(lead_off(rest)[1])
    is_asked = clause.question if addressed else bool(rest) and conversation.inverted(rest)
    if person is None:
        greeting = find_best(clause, scope, only=("greeting", "small-talk", "farewell"))
        if greeting and greeting.score > 0.9:
            return None
        # In a fight "you" is nobody: a word with somebody costs a round.
        person = None if scope.fighting else conversation.find_asked(clause, scope)
        rest, is_asked = clause.words, True
        if person and clause.words in conversation.WHO_ARE_YOU:
            return one(0.9, Answer("examine", person.id), person)
    if person is None or not is_asked or conversation.is_of_the_shop(clause.said, scope):
        return None
    own = read_request(clause, scope) if clause.request else None
    if own and own.score >= 0.6 and isinstance(own.meanings[0], Deed | Ask):
        return own
    return conversation.put_to(person, rest, scope)


def read_claim(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    person, rest = conversation.split_call(clause.said, scope)
    is_told = person is not None and not conversation.YOU.isdisjoint(rest)
    claimed = None if is_told or is_for(clause.words, scope) else claim(clause, scope)
    return one(0.9, claimed) if claimed else None


def read_address(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """Somebody addressed by name, or words in quotation marks."""
    person = addressed
    words = (*clause.words, *clause.spoken)
    if person is None:
        person, words = conversation.split_call(clause.said, scope)
        person, words = (person, words) if person else _vocative(clause, scope)
    if person is None:
        return _aloud(clause, scope)
    if is_for(clause.words, scope):
        return None
    ordered = read_order(replace(clause, words=words, said=words), None, None, scope)
    own = ordered or find_best(clause, scope, only=_TO_SOMEBODY)
    topic = people.best_topic(words, scope, person)
    of_them = topic is not None or not conversation.is_of_the_shop(clause.said, scope)
    is_theirs = own is not None and isinstance(own.meanings[0], Answer) and of_them
    enough = 0.5 if own and isinstance(own.meanings[0], Impossible) else 0.62
    if own and own.score > enough and not clause.question and not is_theirs:
        return own
    return conversation.put_to(person, words, scope)


_TO_SOMEBODY = word_set("cannot persuade give sell buy take show accept thanks greeting farewell small-talk")
"""Senses of what is done with who is spoken to."""


def _vocative(clause: Clause, scope: Scope) -> tuple[Entity | None, tuple[str, ...]]:
    """ "osric call off your dogs": a name before what is a clause by itself."""
    for size in (2, 1):
        name, rest = clause.words[:size], clause.words[size:]
        if len(rest) < 1 or not meaningful(name) or hear(name) or name[0] in WH | AUXILIARIES:
            continue
        found = resolve(name, scope, "person")
        if found.one and not any(found.one.words.get(stem(word), 0.0) >= ROLE for word in name):
            continue
        if found.one and found.score >= 0.95:
            asked = rest[0] in (",", "i", "you", "your", "please", "come", "help") or conversation.inverted(rest)
            if asked or begins_with_verb(rest):
                return found.one, rest
    return None, clause.words


def _aloud(clause: Clause, scope: Scope) -> Candidate | None:
    listener = find_listener(clause, scope)
    if listener:
        return conversation.put_to(listener, clause.spoken, scope)
    if not clause.spoken or any(verb.sense in ("talk", "persuade", "show") for verb in hear(clause.words)):
        return None
    person = people.last_spoken_with(scope)
    topic = people.best_topic(clause.spoken, scope, person) if person else None
    if person and topic:
        return one(0.8, Deed("talk", {"npc": person.id, "topic": topic.id}), person)
    if clause.words and hear(clause.words):
        return None
    return one(0.7, Roleplay("speech", person.id if person else None))


def find_listener(clause: Clause, scope: Scope) -> Entity | None:
    """The person who is called in what is said aloud; where a verb says that it is said, whoever is beside it."""
    if not clause.spoken:
        return None
    called = conversation.find_called(clause.spoken, scope)
    if clause.words[:1] not in _SAYING:
        acts = len(clause.words) > _BESIDE and not begins_with_verb(clause.words, ("emote",))
        return None if acts else called
    if called:
        return called
    named = mention(clause.words, scope, "person")
    return named.one if named.one and named.named else people.last_spoken_with(scope)


def read_order(clause: Clause, before: Clause | None, addressed: Entity | None, scope: Scope) -> Candidate | None:
    """ "two creams please": wares of a shop with the word of who orders."""
    if not scope.of("ware") or scope.fighting or begins_with_verb(clause.words):
        return None
    if not _OFF.isdisjoint(clause.said):
        return None
    polite = not _POLITE.isdisjoint(clause.said) or clause.said[-2:] == ("for", "me")
    first = clause.words[:1] and clause.words[0]
    counted = first and (first in CARDINALS or first in ("another", "one") or first.isdecimal())
    words = tuple(word for word in clause.words if word not in (*_POLITE, "you"))
    here = resolve(words[-2:], scope, "ware", "item", "person", "feature", "find", "way", "spawn", "topic", "ability")
    if polite and words[:1] in _A_DRINK and len(words) <= 3 and not here.entities:
        return missing(0.7, "not-sold", " ".join(meaningful(words)), scope.of("ware"))
    if not (polite or counted) or resolve(words[-2:], scope, "ware").score < 0.8:
        return None
    ordered = trade.buy(Verb("buy", "", ("please",), words), clause, scope)
    deeds = tuple(m for m in ordered.meanings if isinstance(m, Deed)) if ordered else ()
    return replace(ordered, meanings=(Ask(deeds),)) if ordered and deeds and not polite else ordered


_SAYING = (("say",), ("whisper",), ("murmur",), ("mutter",), ("add",))
_BESIDE = 1
"""So many words beside what is said aloud do nothing."""
_OFF = word_set("off on out away back")
_POLITE = word_set("please thank thanks")
_A_DRINK = (("a",), ("an",), ("one",), ("some",))
