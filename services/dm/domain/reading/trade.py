"""Buying, selling, giving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, missing, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.elsewhere import find_away, not_here
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.english.wanted import kinds_wanted
from services.dm.domain.reading.entities import Entity, aliases_of, content_of
from services.dm.domain.reading.law import act, is_worn, rule_on
from services.dm.domain.reading.meaning import Ask, Impossible, Meaning
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import Objects, aside_left_out, divide, each, find, is_list, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb
from services.dm.domain.reading.weights import NOTHING_LIKE_IT, weigh

_VAGUE = word_set("something anything one what everything all whatever quest")
_BRINGING = word_set("give bring hand deliver take show return pass")
_CARRYING = word_set("bring take deliver return carry")
"""Verbs that say that one goes to who gets it."""
_TOLD_OF = word_set("this that it found was from")
_MONEY = word_set("credit credits money cash coins buck bucks dough")
_RECIPIENT_PRONOUNS = word_set("him her them it")
_MOST = 50
_SURE_RECIPIENT = 0.48


def buy(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    main = not is_secondary("buy", verb.phrase)
    if not scope.of("ware"):
        return missing(weigh(verb, 0.5), "not-sold", " ".join(meaningful(objects.first))) if main else None
    vague = not verb.rest or not {"something", "anything", "whatever"}.isdisjoint(verb.rest)
    if vague and (not objects.names_something or "for" not in objects.by):
        fitting = _fitting(verb.rest, scope) or scope.of("ware")
        return one(weigh(verb, 0.6), Ask(tuple(act(verb, "buy", item=w.id) for w in fitting[:6]))) if main else None
    listed = each(objects.direct or objects.whole, scope, "ware")
    found = find(objects, scope, "ware") if main else resolve(objects.direct, scope, "ware")
    if found.entities and listed[0].entities and is_list(objects.direct):
        about = tuple(entity for reference in listed for entity in reference.entities[:1])
        bought = tuple(rule_on(act(verb, "buy", item=e.id), scope, e.name) for e in about)
        return Candidate(weigh(verb, found.score), bought, about, apart=True)
    if found.entities and (found.named or found.one or found.all):
        if not main and not found.all and not _names_it(found):
            return None  # "take the tin" is no tin lid hat
        if (
            objects.after("at", "about")
            and meaningful(objects.direct)
            and not resolve(objects.direct, scope, "ware").named
        ):
            return None  # "have a look at the hat" spends nothing
        return _buy(verb, found, scope)
    if not main:
        return None
    return missing(
        weigh(verb, NOTHING_LIKE_IT + 0.1), "not-sold", " ".join(meaningful(objects.first)), scope.of("ware")
    )


def _fitting(words: Sequence[str], scope: Scope) -> tuple[Entity, ...]:
    """The wares that are good for what is told: "something to heal with"."""
    kinds = kinds_wanted(words)
    return tuple(ware for ware in scope.of("ware") if kinds & set(ware.thing.kinds))


def _names_it(found: Reference) -> bool:
    """Whether one of the wares is called by what it is, not only by a word that says of which kind."""
    said = {stem(word) for word in found.phrase.split()}
    pointed = not said & {word for ware in found.entities for word in ware.words}
    return pointed or any(
        content_of(name)[-1:] and content_of(name)[-1] in said
        for ware in found.entities
        for name in (ware.name, *aliases_of(ware.thing))
    )


def _buy(verb: Verb, found: Reference, scope: Scope) -> Candidate:
    deeds = [act(verb, "buy", item=entity.id) for entity in found.entities]
    score = weigh(verb, found.score)
    if len(deeds) == 1 and found.quantity > 1:
        ware = found.entities[0]
        count = max(1, min(found.quantity, ware.thing.left))
        return Candidate(score, tuple(rule_on(deeds[0], scope, ware.name) for _ in range(count)), found.entities)
    return several(score, deeds, scope, found.entities, False, found.phrase)


def sell(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    main = not is_secondary("sell", verb.phrase)
    wanted = resolve(objects.after("for"), scope, "ware")
    if wanted.one and wanted.named and not main:
        return _swap(verb, objects.direct, wanted.one, scope)
    if verb.phrase == ("trade",) and not wanted.entities and _MONEY.isdisjoint(objects.after("for")):
        thing = resolve(objects.direct, scope, "item").one if meaningful(objects.after("for")) else None
        return one(weigh(verb, 0.8), Impossible("cannot", thing.name, (thing.worth,)), thing) if thing else None
    goods = [e for e in scope.of("item") if not is_worn(e.thing, scope) and e.thing.kind != "key"]
    vague = not objects.names_something or set(objects.direct) <= {"sell"}
    if main and vague and "everything" not in verb.rest and resolve(objects.direct, scope, "item").one is None:
        return one(weigh(verb, 0.6), Ask(tuple(act(verb, "sell", item=e.id) for e in goods[:6]), "sell"))
    if {"everything", "all"} & set(verb.rest) and {"i", "that", "except", "but", "not", "which"} & set(verb.rest):
        return one(weigh(verb, 0.9), Ask(tuple(act(verb, "sell", item=e.id) for e in goods[:6]), "sell"))
    if {"everything", "all"} & set(verb.rest) and not meaningful(
        [w for w in objects.direct if w not in ("wear", "worn", "everything", "all")]
    ):
        return (
            Candidate(weigh(verb, 0.9), tuple(_sales(verb, goods, scope)), tuple(goods), apart=True) if goods else None
        )
    listed = each(objects.direct or objects.whole, scope, "item")
    if listed[0].entities and is_list(objects.direct):
        about = [entity for reference in listed for entity in reference.entities[:1]]
        return Candidate(
            weigh(verb, listed[0].score),
            tuple(rule_on(act(verb, "sell", item=e.id), scope, e.name) for e in about),
            tuple(about),
            apart=True,
        )
    found = listed[0] if listed[0].entities else find(objects, scope, "item")
    if found.entities:
        return _sell(verb, found, scope)
    if not main:
        return None
    if scope.briefing.shop is None:
        return missing(weigh(verb, 0.5), "not-sold", " ".join(meaningful(objects.first)))
    return missing(weigh(verb, NOTHING_LIKE_IT + 0.1), "not-carried", " ".join(meaningful(objects.first)), goods)


def _swap(verb: Verb, words: Sequence[str], wanted: Entity, scope: Scope) -> Candidate | None:
    """ "swap my stick for the lance": shops do not swap, so it is asked which half is meant."""
    mine = resolve(words, scope, "item")
    return one(0.9, Ask((act(verb, "sell", item=mine.one.id),), wanted.name), mine.one) if mine.one else None


def _sales(verb: Verb, goods: Sequence[Entity], scope: Scope) -> list[Meaning]:
    return [rule_on(act(verb, "sell", item=e.id), scope, e.name) for e in goods for _ in range(e.thing.quantity)]


def _sell(verb: Verb, found: Reference, scope: Scope) -> Candidate:
    by_slot = found.named and found.score < 0.65
    loose = [e for e in found.entities if is_worn(e.thing, scope) == by_slot] or list(found.entities)
    first = loose[0]
    every = bool({"all", "every"} & set(found.phrase.split()))
    count = first.thing.quantity if every else min(found.quantity, first.thing.quantity)
    if len(loose) == 1 and (count > 1 or every):
        sold = tuple(rule_on(act(verb, "sell", item=first.id), scope) for _ in range(count))
        return Candidate(weigh(verb, found.score), sold, (first,), first=_MOST - count if every else 0)
    return several(
        weigh(verb, found.score), [act(verb, "sell", item=e.id) for e in loose], scope, loose, found.all, found.phrase
    )


def give(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    if verb.phrase[0] == "trade" and objects.after("for"):
        return None
    receiver, words = _receiver(_without_its_story(verb.rest), scope)
    whom = resolve(words, scope, "person")
    words = () if whom.one is receiver and whom.score >= 0.9 else words
    main = not is_secondary("give", verb.phrase)
    if receiver is None:
        return _to_a_stranger(verb, objects, scope) or _to_nobody(verb, scope, main)
    what = " ".join(meaningful(words))
    if _MONEY & set(meaningful(words)[-1:]) and main and "me" not in verb.rest:
        return one(weigh(verb, 0.75), Impossible("cannot", what, (receiver.id,)), receiver)
    papers = verb.phrase[-1] == "in"
    thing = _present(words, papers, scope)
    if thing.entities and verb.rest[:1] == ("me",):
        return None
    if thing.entities and (thing.named or thing.one or papers):
        deeds = [act(verb, "give", item=entity.id, npc=receiver.id) for entity in thing.entities]
        given = several(weigh(verb, thing.score), deeds, scope, thing.entities, thing.all, thing.phrase)
        return replace(given, first=given.first + int(verb.phrase[0] in _CARRYING))
    if main and scope.of("item") and (not what or not _VAGUE.isdisjoint(words)):
        return _something(verb, words, receiver, scope)
    near = scope.of("item") if main else ()
    return missing(weigh(verb, NOTHING_LIKE_IT + 0.05), "not-carried", what, near) if what else None


def _without_its_story(words: Sequence[str]) -> Sequence[str]:
    """ "auntie, found this in the chute": without what is told of the present."""
    at = words.index(",") if "," in words else len(words)
    return words[:at] if not _TOLD_OF.isdisjoint(words[at:]) else aside_left_out(words)


def _present(words: Sequence[str], papers: bool, scope: Scope) -> Reference:
    """The thing given: of several alike near, what somebody waits for. `papers`: only what can be handed in."""
    keys = [entity for entity in scope.of("item") if entity.thing.kind == "key"] if papers else None
    thing = resolve(divide(words).direct or words, scope, "item", among=keys or None)
    if not thing.entities and keys and "it" in words:
        return Reference(tuple(_asked_for(keys, scope)), 0.7, "it")
    waited_for = tuple(entity for entity in thing.entities if entity.thing.kind == "key")
    return replace(thing, entities=waited_for) if len(waited_for) == 1 and not thing.all else thing


def _something(verb: Verb, words: Sequence[str], receiver: Entity, scope: Scope) -> Candidate:
    """Nothing is named: the one thing that somebody waits for, or the question what."""
    keys = [entity for entity in scope.of("item") if entity.thing.kind == "key"]
    spoken_of = [entity for entity in scope.recent if entity.kind == "item"][:1]
    owed = [] if {"something", "anything", "one"} & set(words) else spoken_of or _asked_for(keys, scope)
    if len(owed) == 1:
        return one(weigh(verb, 0.6), act(verb, "give", item=owed[0].id, npc=receiver.id), owed[0])
    options = tuple(act(verb, "give", item=entity.id, npc=receiver.id) for entity in (owed or scope.of("item"))[:6])
    return one(weigh(verb, 0.5), Ask(options, receiver.name), receiver)


def _asked_for(things: Sequence[Entity], scope: Scope) -> list[Entity]:
    """Those that a quest tells to bring, or all of them."""
    told = [set(content_of(quest.thing.text)) for quest in scope.of("quest")]
    return [e for e in things if any(set(content_of(e.name)) <= words for words in told)] or list(things)


def _to_a_stranger(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """Somebody named who is not here."""
    whom = meaningful(objects.after("to"))
    known = find(objects, scope, "way", "feature", "foe", "spawn", "place").named
    if verb.phrase[0] not in _BRINGING or not whom or known:
        return None
    absent = find_away(whom, scope)
    if absent:
        return not_here(absent, weigh(verb, 0.66))
    return missing(weigh(verb, 0.66), "not-here", " ".join(whom), scope.of("person"))


def _to_nobody(verb: Verb, scope: Scope, main: bool) -> Candidate | None:
    """Nobody who could take it: enemies take no presents."""
    thing = find(divide(verb.rest), scope, "item")
    if thing.one and thing.named and (main or scope.enemies):
        return one(
            weigh(verb, thing.score) - 0.2,
            Impossible("cannot", thing.one.name, tuple(p.id for p in scope.of("person"))),
        )
    return None


def _receiver(words: Sequence[str], scope: Scope) -> tuple[Entity | None, Sequence[str]]:
    """The receiver, and the words for the thing: "her the paper", "the paper to the big cat", "the paper"."""
    people = scope.of("person")
    if "to" in words:
        at = len(words) - 1 - list(reversed(words)).index("to")
        found = resolve(words[at + 1 :], scope, "person")
        if found.one:
            return found.one, words[:at]
        if meaningful(words[at + 1 :]):
            return None, words[:at]
    for size in range(min(4, len(words) - 1), 0, -1):
        found = resolve(words[:size], scope, "person")
        if not found.one or found.score < _SURE_RECIPIENT:
            continue
        if words[0] == "them" and scope.fighting:
            return None, words
        if (found.named and meaningful(words[:size])) or (words[0] in _RECIPIENT_PRONOUNS and size == 1):
            return found.one, words[size:]
    foes = resolve(words[:1], scope, "foe", "spawn") if words and words[0] in _RECIPIENT_PRONOUNS else Reference()
    if foes.entities and (scope.fighting or not people):
        return None, words
    return (people[0], words) if len(people) == 1 and not scope.fighting else (None, words)
