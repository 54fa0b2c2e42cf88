"""Belongings: things taken, worn, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, lawful, missing, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.english.thesaurus import SLOTS
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import act, is_worn, objection
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import Objects, divide, each, find, is_list, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb
from services.dm.domain.reading.weights import NOTHING_LIKE_IT, weigh


def take(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    found = _find_all(objects, scope, "find")
    if found.entities and not found.named and _speaks_of_a_ware(found.entities[0], scope):
        return None
    if found.entities:
        deeds = [Deed("take", {"find": entity.id}) for entity in found.entities]
        return several(weigh(verb, found.score) + 0.02, deeds, scope, found.entities, found.all, found.phrase)
    if not objects.names_something:
        return _nothing_named(verb, scope)
    if _takes_anything(objects.whole):
        finds = scope.of("find")
        deeds = [Deed("take", {"find": entity.id}) for entity in finds]
        return several(weigh(verb, 0.6), deeds, scope, finds, True, "") if deeds else missing(0.6, "not-here", "")
    carried = find(objects, scope, "item")
    if carried.one and carried.score >= 0.7:
        return one(
            weigh(verb, carried.score) - 0.12,
            Impossible("already", carried.one.name, (carried.one.worth,)),
            carried.one,
        )
    fixture = find(objects, scope, "feature")
    if fixture.one and fixture.score >= 0.9 and not is_secondary("take", verb.phrase):
        return one(weigh(verb, 0.6), Impossible("cannot", fixture.one.name, (fixture.one.id,)), fixture.one)
    what = meaningful(objects.first)
    score = weigh(verb, NOTHING_LIKE_IT - (0.01 if "from" in objects.by else 0.0))
    fixed = bool({stem(word) for word in what} & scope.scenery)
    named = what[1:] if what[:1] in (("whatever",), ("anything",)) else what
    return missing(score, "cannot" if fixed else "not-here", " ".join(named), scope.of("find"))


def _speaks_of_a_ware(find_: Entity, scope: Scope) -> bool:
    """ "I'll take it": of what is for sale, when that was spoken of last."""
    told = [entity for entity in (*scope.recent, *scope.spoken_of) if entity.kind == "ware" or entity is find_]
    return bool(told) and told[0].kind == "ware"


def _nothing_named(verb: Verb, scope: Scope) -> Candidate | None:
    finds = scope.of("find")
    if verb.phrase == ("mine",):
        return None  # what is claimed was named before
    if not finds:
        return missing(weigh(verb, 0.45), "not-here", "", ())
    if len(finds) == 1 and (not verb.rest or _POINTED_AT.issuperset(divide(verb.rest).whole)):
        if verb.rest and _speaks_of_a_ware(finds[0], scope):
            return None
        return one(weigh(verb, 0.6), Deed("take", {"find": finds[0].id}), finds[0])
    return one(weigh(verb, 0.5), Ask(tuple(Deed("take", {"find": f.id}) for f in finds[:6]))) if not verb.rest else None


def _takes_anything(words: Sequence[str]) -> bool:
    """ "whatever is lying around", "anything useful": all that there is, as nothing says what it is."""
    return words[:1] in (("whatever",), ("anything",)) and _ANY_OF_IT.issuperset(meaningful(words[1:]))


_ANY_OF_IT = word_set(
    "is are can could find found see saw lies lie lying loose left around useful good valuable worth taking having nice"
    " shiny interesting else looks look not nailed down there has have got turns turned up"
)
_POINTED_AT = word_set("the that this thing stuff one")
"""Words that say no more of a thing than that there is one: "the thing that somebody left"."""


def _find_all(objects: Objects, scope: Scope, *kinds: str) -> Reference:
    """One reference, or those of a list taken together: all of them are meant."""
    listed = each(objects.direct, scope, *kinds)
    if len(listed) > 1 or (is_list(objects.direct) and listed[0].entities):
        members = tuple(dict.fromkeys(entity for reference in listed for entity in reference.entities[:1]))
        return Reference(members, min(r.score for r in listed), " ".join(objects.direct), True, True)
    return find(objects, scope, *kinds)


def drop(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    found = _find_all(objects if not is_secondary("drop", verb.phrase) else replace(objects, by={}), scope, "item")
    if objects.after("at") and scope.enemies:
        return None
    first = found.entities[0].thing if found.entities else None
    if first and found.named and scope.fighting and first.use and first.use.condition and not first.use.heal:
        deed = Deed("use_item", {"item": found.entities[0].id, "target": None})
        return lawful(weigh(verb, found.score), deed, scope, found.entities[0])
    if found.one and found.named and scope.briefing.shop and not _COUNTERS.isdisjoint(objects.after("on", "onto")):
        return one(weigh(verb, found.score), Answer("price", found.one.worth), found.one)
    if found.entities:
        deeds = [act(verb, "drop", item=entity.id) for entity in found.entities]
        unsure = not found.named and found.score < 0.6
        if unsure or (found.all and len(deeds) > 2):
            return one(weigh(verb, found.score), Ask(tuple(deeds[:6]), found.phrase), *found.entities)
        return several(weigh(verb, found.score), deeds, scope, found.entities, found.all, found.phrase)
    if is_secondary("drop", verb.phrase):
        return None
    if not verb.rest and scope.of("item"):
        return one(weigh(verb, 0.5), Ask(tuple(act(verb, "drop", item=e.id) for e in scope.of("item")[:6])))
    return not_carried(verb, objects, scope)


_COUNTERS = word_set("counter stall bar desk table flap shelf")
"""Surfaces on which goods are laid before somebody who buys: it is asked what they bring."""


def not_carried(verb: Verb, objects: Objects, scope: Scope, near: Sequence[Entity] | None = None) -> Candidate | None:
    """Something named that is not in the bag; nothing named: which?"""
    if objects.names_something or not scope.of("item"):
        named = " ".join(meaningful(objects.first) or meaningful(objects.whole))
        return missing(weigh(verb, NOTHING_LIKE_IT), "not-carried", named, scope.of("item") if near is None else near)
    return None


_DRAWING = word_set("draw wield arm unsheathe equip ready brandish")


def equip(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    wearable = [entity for entity in scope.of("item") if entity.thing.slot]
    if verb.phrase[0] in PLACING and find(Objects((), objects.by, ()), scope, "feature").score >= 0.9:
        return None
    if verb.phrase[0] in _SWAPPING:
        return _changes(verb, objects, wearable, scope)
    if not objects.names_something and not set(objects.whole) & {"it", "that", "this", "them", "one"}:
        return _draws(verb, wearable, scope) if verb.phrase[0] in _DRAWING else None
    found = _best_of(objects, scope, wearable)
    elsewhere = find(objects, scope, "ware", "find")
    if found.entities and elsewhere.score < found.score + 0.2:
        deeds = [Deed("equip", {"item": entity.id}) for entity in found.entities]
        fresh = [deed for deed in deeds if not objection(deed, scope)] or deeds
        if is_secondary("equip", verb.phrase) and not found.entities[0].thing.slot:
            return None
        about = [entity for entity in found.entities if Deed("equip", {"item": entity.id}) in fresh]
        return several(weigh(verb, found.score), fresh, scope, about, False, found.phrase)
    gained = gained_by_name(scope) if "it" in objects.whole else None
    if gained:
        return one(weigh(verb, 0.9), Deed("equip", {"item": gained}))
    lying = find(objects, scope, "find")
    if lying.one and lying.named and lying.one in scope.recent:
        return one(weigh(verb, lying.score), Deed("equip", {"item": lying.one.name}), lying.one)
    if lying.one and lying.named:
        return one(weigh(verb, lying.score) - 0.04, Deed("take", {"find": lying.one.id}), lying.one)
    if find(objects, scope, "ware").score >= 0.7:
        return missing(
            weigh(verb, 0.6), "not-carried", " ".join(meaningful(objects.first)), find(objects, scope, "ware").entities
        )
    return not_carried(verb, objects, scope, wearable)


PLACING = word_set("put place set stick lay hold")
_SWAPPING = word_set("swap exchange trade change switch replace")


def _changes(verb: Verb, objects: Objects, wearable: Sequence[Entity], scope: Scope) -> Candidate | None:
    """ "swap the hat for the hood": the second is put on, when both are one's own."""
    new = resolve(objects.after("for", "with", "to", "into"), scope, among=wearable)
    old = resolve(objects.direct, scope, among=wearable)
    wanted = new if meaningful(objects.direct) or new.entities else old
    wanted = old if verb.phrase[-1] in ("into", "to") and not new.entities else wanted
    mine = old.entities or not meaningful(objects.direct)
    if not (wanted.entities and wanted.named and mine) or find(objects, scope, "person").named:
        return None
    fresh = [entity for entity in wanted.entities if not is_worn(entity.thing, scope)] or list(wanted.entities)
    deeds = [Deed("equip", {"item": entity.id}) for entity in fresh]
    return several(weigh(verb, wanted.score) + 0.1, deeds, scope, fresh, False, wanted.phrase)


def gained_by_name(scope: Scope) -> str | None:
    """The thing that the clause before buys or takes: its id when it is carried already, else its name."""
    if scope.gained is None:
        return None
    name = scope.gained.name
    return next((entity.id for entity in scope.of("item") if entity.name == name), name)


def _best_of(objects: Objects, scope: Scope, pool: Sequence[Entity]) -> Reference:
    """Weapons only, when it is the best of them that is asked for."""
    words = objects.direct or objects.whole
    weapons = [entity for entity in pool if entity.thing.kind == "weapon"]
    if {"weapon", "damage"} & set(words) and weapons:
        return resolve([w for w in words if w not in ("weapon",)] or ["weapon"], scope, among=weapons)
    found = find(objects, scope, "item")
    kept = tuple(entity for entity in found.entities if entity in pool)
    return Reference(kept or found.entities, found.score, found.phrase, found.all, found.named)


def _draws(verb: Verb, wearable: Sequence[Entity], scope: Scope) -> Candidate | None:
    """ "draw": the one weapon that is not in paw yet; of several, which."""
    weapons = [entity for entity in wearable if entity.thing.kind == "weapon"]
    bagged = [entity for entity in weapons if not is_worn(entity.thing, scope)]
    if verb.rest:
        return None
    if bagged:
        return several(
            weigh(verb, 0.6), [Deed("equip", {"item": e.id}) for e in bagged], scope, bagged, False, "weapon"
        )
    if weapons:
        return lawful(weigh(verb, 0.6), Deed("equip", {"item": weapons[0].id}), scope, weapons[0])
    return missing(weigh(verb, 0.5), "not-carried", "weapon")


def unequip(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    worn = [entity for entity in scope.of("item") if is_worn(entity.thing, scope)]
    found = resolve(objects.direct or objects.whole, scope, among=worn)
    if found.one and (found.named or found.score >= 0.7):
        return one(weigh(verb, found.score), Deed("unequip", {"slot": found.one.thing.slot}), found.one)
    if found.all and len(found.entities) > 1 and not meaningful(objects.whole):
        deeds = [Deed("unequip", {"slot": entity.thing.slot}) for entity in found.entities]
        return several(weigh(verb, found.score), deeds, scope, found.entities, True, found.phrase)
    if not objects.names_something and worn and verb.phrase[0] in _BARING and verb.phrase[:2] != ("get", "out"):
        every = [Deed("unequip", {"slot": entity.thing.slot}) for entity in worn]
        return several(weigh(verb, 0.7), every, scope, worn, verb.phrase[0] in _NAKED, "worn")
    words = {stem(word) for word in objects.direct}
    slot = next((slot for slot, names in SLOTS.items() if words & set(names.split())), "")
    if slot:
        return lawful(weigh(verb, 0.6), Deed("unequip", {"slot": slot}), scope)
    return not_carried(verb, objects, scope, worn) if objects.names_something else None


_NAKED = word_set("undress strip get take")
_BARING = _NAKED | word_set("unequip disarm")
