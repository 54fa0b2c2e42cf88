"""Blows, flight, cover: what is done to enemies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts.state import ItemInstance
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, lawful, missing, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.entities import Entity, aliases_of, content_of
from services.dm.domain.reading.law import act
from services.dm.domain.reading.meaning import Ask, Deed, Impossible
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.objects import Objects, divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.stature import extreme
from services.dm.domain.reading.telling_apart import told_apart
from services.dm.domain.reading.verbs import Verb, phrases_of
from services.dm.domain.reading.weights import BESIDE, NOTHING_LIKE_IT, PLAIN, weigh

_POSSESSIVES = word_set("its his her their")
_TOUCHES = word_set("poke prod boop bat nudge")
"""Verbs that are a blow at an enemy, and a gesture at anybody else."""
_UNNAMED = word_set("thing something stuff one anything nothing")
_NEEDS_OBJECT = frozenset(
    [
        "get",
        "end",
        "jump",
        "break",
        "climb",
        "raise",
        "challenge",
        "finish",
        "waste",
        "spray",
        "land on",
        "deal with",
        "take on",
        "put down",
        "go for",
        "go after",
        "hurt",
        "swing",
        "rush",
        "land",
    ]
)
_BODY = word_set(
    """throat neck eye face head leg belly tail wing back nose ear wheel brush paw arm knee side weak spot underside
    joint axle hub rotor wire beak core middle centre center stomach gut heart"""
)
_MOVING = word_set("jump leap climb hop dive spring fly run rush slide")
_PASSING = word_set("over past between under beneath across behind beside along around")
"""Ways by somebody: moving so is no blow."""
_SELF_AIMED = word_set("my myself me own")


def attack(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    own = _with_which(verb, objects, scope) or _with_ones_own(verb, objects, scope)
    return own if own or verb.phrase[0] == "use" else _attack(verb, clause, objects, scope)


def _attack(verb: Verb, clause: Clause, objects: Objects, scope: Scope) -> Candidate | None:
    if _SELF_AIMED & set(objects.first[:1]) or (verb.phrase[0] in _MOVING and _PASSING & set(verb.rest[:1])):
        return None
    weapon = _weapon(objects, scope)
    if weapon is None and (tool := _no_weapon(objects, scope)):
        return missing(weigh(verb, 0.62), "not-carried", tool)
    found = _owner(objects, scope) if "'s" in objects.direct else _target(objects, verb.rest, scope)
    if "'s" in objects.direct and not found.entities:
        return None
    if found.entities and _is_of_something_else(objects, found, scope):
        return one(weigh(verb, 0.6), Impossible("cannot", found.phrase))
    if found.entities and is_secondary("attack", verb.phrase) and not (scope.fighting or found.score >= 0.95):
        return None
    if found.entities and (found.named or scope.fighting or found.score >= 0.6):
        return _strikes(verb, found, weapon, scope)
    if scope.absent and set(objects.whole) & {"it", "them", "him", "her"}:
        return missing(weigh(verb, 0.6), "not-here", scope.absent)
    vague = scope.fighting and (
        (bool(objects.first[:1]) and objects.first[0] in ("where", "whatever", "whoever", "what"))
        or {stem(word) for word in meaningful(objects.whole)} <= _BODY
    )
    if not objects.names_something or vague or _only_weapon(objects, weapon):
        return _imply_enemy(verb, clause, weapon, scope)
    person = find(objects, scope, "person")
    if person.entities and person.score >= 0.6:
        return _at_somebody(verb, person)
    return _at_nobody(verb, clause, objects, scope)


def _at_somebody(verb: Verb, person: Reference) -> Candidate | None:
    """A blow at a character, which nobody can strike; a poke is none."""
    if verb.phrase[0] in _TOUCHES:
        return None
    refused = Impossible("cannot", person.entities[0].name, (person.entities[0].id,))
    return one(weigh(verb, person.score) - 0.05, refused)


def _with_ones_own(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """ "rake my claws across the nearer one", "swing the spanner at it": at whom, with what one has."""
    at = objects.after("at", "across", "into", "over", "on", "down", "against", "through")
    direct = meaningful(objects.direct)
    if not direct or not at:
        return None
    held = resolve(objects.direct, scope, "item")
    weapon = held.one.id if held.one and held.named and held.one.thing.kind == "weapon" else None
    if weapon is None and verb.phrase[0] == "use":
        return None
    if weapon is None and not {stem(word) for word in direct} <= _OWN_WEAPONS:
        return None
    told = told_apart(verb.rest, scope)
    found = resolve(_to_the_comma(at), scope, "foe" if scope.fighting else "spawn")
    found = Reference(told, 0.8, "one", named=True) if told else found
    return _strikes(verb, found, weapon, scope) if found.entities else None


def _at_nobody(verb: Verb, clause: Clause, objects: Objects, scope: Scope) -> Candidate:
    """A blow at what is no enemy: at one's own things it is none."""
    carried = resolve(objects.direct, scope, "item")
    if carried.one and carried.named and carried.score >= 0.8 and not clause.correction:
        return one(weigh(verb, 0.6), Impossible("cannot", carried.one.name, (carried.one.worth,)), carried.one)
    looked_for = " ".join(meaningful(objects.first) or meaningful(objects.whole))
    return missing(weigh(verb, NOTHING_LIKE_IT), "not-here", looked_for, scope.enemies)


def _target(objects: Objects, said: Sequence[str], scope: Scope) -> Reference:
    if told := told_apart(said, scope):
        return Reference(told, 0.8, "one", named=True)
    kinds = ("foe", "fallen") if scope.fighting else ("spawn",)
    found = find(objects, scope, *kinds) if objects.whole else Reference()
    left = [word for word in objects.after("with", "at", "on", "has") if word.isdigit()]
    counted = tuple(foe for foe in scope.of("foe") if left and str(foe.thing.hp) == left[0])
    if counted:
        return Reference(counted, 1.0, " ".join(objects.whole), named=True)
    if found.entities and not found.named and {entity.kind for entity in found.entities} > {"foe"}:
        found = resolve(objects.first, scope, "foe") if "one" not in objects.first or found.one is None else found
    if not found.entities and scope.fighting:
        others = find(objects, scope, "spawn")
        if others.entities and others.named:
            return others
        for words in (objects.direct, *objects.by.values()):
            if len(words) > 1 and words[0] in _POSSESSIVES and scope.of("foe"):
                return resolve(["it"], scope, "foe")
    most = take_apart(objects.after("with", "who", "that")).superlative
    if most and len(found.entities) > 1:
        fittest = extreme([entity for entity in found.entities if entity.kind == "foe"], most)
        found = Reference(fittest or found.entities, found.score, found.phrase, False, True)
    return _of_the_living(found, objects, scope)


def _of_the_living(found: Reference, objects: Objects, scope: Scope) -> Reference:
    living = tuple(entity for entity in found.entities if entity.kind != "fallen")
    if any_one := _any_one(objects.direct or objects.first, living, scope):
        return Reference(any_one, max(found.score, 0.8), found.phrase, named=True)
    if living and len(living) < len(found.entities):
        return Reference(living, found.score, found.phrase, found.all, found.named, found.quantity)
    return found


def _any_one(said: Sequence[str], meant: tuple[Entity, ...], scope: Scope) -> tuple[Entity, ...]:
    """The enemy that falls soonest of those meant, or of all: "one of them", "a bunny", "either"."""
    if said[:1] and said[0] in _ANY and not set(said) & _TOLD and not take_apart(said).superlative:
        left = set(meaningful(said)) - _AT_RANDOM
        foes = meant if len(meant) > 1 else () if left else scope.of("foe")
        return extreme(foes, "least hp")[:1] if len(foes) > 1 else ()
    return ()


_ANY = word_set("a an any some either whichever whoever one someone somebody")
_TOLD = word_set("that who which with on in behind near by from other another")
_AT_RANDOM = word_set("random one either any them both two someone somebody")


def _is_of_something_else(objects: Objects, found: Reference, scope: Scope) -> bool:
    """ "cut the tape": a word that only tells of what kind an enemy is, and names a thing or a condition as well."""
    if not _UNNAMED.isdisjoint(objects.direct):
        return False  # "the tape thing" is no tape
    words = {stem(word) for word in meaningful(objects.direct)}
    foe = found.entities[0]
    heads = {content_of(name)[-1] for name in (foe.name, *aliases_of(foe.thing)) if content_of(name)}
    own = words & set(content_of(foe.name))
    return bool(words) and own == words and not words & heads and resolve(objects.direct, scope, "condition").named


def _with_which(verb: Verb, objects: Objects, scope: Scope) -> Candidate | None:
    """ "hit it with whatever hurts most": it is asked with what, as nobody told."""
    if objects.after("with", "using")[:1] not in (("whatever",), ("what",), ("whichever",)):
        return None
    found = _target(objects, verb.rest, scope)
    weapons = [entity.id for entity in scope.of("item") if entity.thing.kind == "weapon"]
    foes = found.entities or scope.enemies
    deeds = [act(verb, "attack", target=foe.id, weapon=weapon) for foe in foes[:2] for weapon in weapons[:3]]
    return one(weigh(verb, 0.9), Ask(tuple(deeds))) if len(deeds) > 1 else None


def _owner(objects: Objects, scope: Scope) -> Reference:
    """ "the second one's head": in a fight, the one whose it is."""
    words = objects.direct[: objects.direct.index("'s")]
    return resolve(words, scope, "foe")


def _strikes(verb: Verb, found: Reference, weapon: str | None, scope: Scope) -> Candidate:
    deeds = [act(verb, "attack", target=entity.id, weapon=weapon) for entity in found.entities]
    struck = several(weigh(verb, found.score) + 0.02, deeds, scope, found.entities, found.all, found.phrase)
    return replace(struck, apart=found.all or _means_several(found.phrase))


def _means_several(phrase: str) -> bool:
    """ "them both": of whom one may be down by the time the other's turn comes."""
    said = take_apart(phrase.split())
    if said.ordinal:
        return False
    return said.every or said.quantity > 1 or said.pronoun in ("them", "em", "those", "these")


def _imply_enemy(verb: Verb, clause: Clause, weapon: str | None, scope: Scope) -> Candidate | None:
    """A verb with no object: the one enemy of a running fight is meant, and of several it is asked which."""
    enemies = scope.enemies
    if verb.sure < 1.0 or " ".join(verb.phrase) in _NEEDS_OBJECT or _UNNAMED & set(verb.rest):
        return None
    score = weigh(verb, 0.68)
    if len(enemies) == 1 and scope.fighting:
        return lawful(score, act(verb, "attack", target=enemies[0].id, weapon=weapon), scope, enemies[0])
    if enemies:
        return one(score, Ask(tuple(act(verb, "attack", target=foe.id, weapon=weapon) for foe in enemies[:6]), "enemy"))
    return missing(score - 0.2, "not-here", "enemy")


def _weapon(objects: Objects, scope: Scope) -> str | None:
    found = resolve(objects.after("with", "using"), scope, "item")
    shown = found.one is not None and found.one in scope.recent[:1]
    item: ItemInstance | None = found.entities[0].thing if found.entities and (found.named or shown) else None
    return item.id if item and item.kind == "weapon" else None


def ask_if_blow(weapon: Entity, clause: Clause, scope: Scope) -> Candidate | None:
    """ "the bell at the other one": no verb, so it is asked whether a blow is meant."""
    if weapon.thing.kind != "weapon":
        return None
    aimed = resolve(divide(clause.words).after("at", "on", "to", "into"), scope, "foe")
    foes = aimed.entities or scope.of("foe")
    return (
        one(0.6, Ask(tuple(Deed("attack", {"target": foe.id, "weapon": weapon.id}) for foe in foes[:6])))
        if foes
        else None
    )


def _no_weapon(objects: Objects, scope: Scope) -> str:
    """A tool that is named and not carried: nothing else is used in its stead."""
    words = meaningful(objects.after("with", "using"))
    if any(word.isdigit() for word in words):
        return ""
    carried = resolve(words, scope, "item", "ability", "foe", "find")
    known = {stem(word) for word in words} & _OWN_WEAPONS
    return "" if not words or known or carried.entities or len(words) > 2 else " ".join(words)


_OWN_WEAPONS = word_set(
    """claw paw teeth tooth fang head tail everything all might strength force fury rage hate anger body bite one it leg
    jaw mouth back fist weapon best whatever power speed care grace style joy kick punch scratch shoulder nail swing"""
)


def _only_weapon(objects: Objects, weapon: str | None) -> bool:
    return weapon is not None and not meaningful(objects.direct)


def spray(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "spray acid on the first": the thing named is the weapon."""
    objects = divide(verb.rest)
    with_what = resolve(objects.direct, scope, "item")
    at = _to_the_comma(objects.after("at", "on", "onto", "over", "into", "against"))
    if not with_what.one or not at or with_what.one.thing.kind != "weapon":
        return None
    told = told_apart(verb.rest, scope)
    found = resolve(at, scope, "foe" if scope.fighting else "spawn")
    found = Reference(told, 0.8, "one", named=True) if told else found
    if not found.entities and len(scope.of("foe")) == 1 and {stem(word) for word in meaningful(at)[-1:]} & _BODY:
        found = Reference(scope.of("foe"), 0.7, "it", named=True)
    if not found.entities:
        return None
    struck = _strikes(verb, found, with_what.one.id, scope)
    return replace(struck, score=struck.score + 0.2)


def _to_the_comma(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[: words.index(",")] if "," in words[1:] else words


def defend(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    score = weigh(verb, PLAIN if not objects.names_something or find(objects, scope, "foe").entities else BESIDE)
    if not scope.fighting:
        return one(min(score, 0.5), Impossible("not-now", deed=Deed("defend", {})))
    return one(score, Deed("defend", {}))


def hide(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    if scope.fighting and resolve(verb.phrase, scope, "ability").named:
        return None
    objects = divide(verb.rest)
    sheltered = verb.phrase[-1] in _SHELTERING
    if meaningful(objects.direct) and not sheltered:
        return None
    way = find(objects, scope, "way")
    if way.named and way.score >= 0.7 and not sheltered:
        return None
    shelter = 0.1 if scope.fighting and verb.phrase in phrases_of("defend") else 0.0
    return one(weigh(verb, PLAIN if not objects.names_something else 0.7) - shelter, Deed("hide", {}))


_SHELTERING = word_set("behind under in into against beneath below")


def rest(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    if set(meaningful(objects.direct)) - _WHILE or objects.after("about", "to", "at"):
        return None
    if verb.phrase == ("lie",) and not objects.by and not _WHILE & set(objects.whole):
        return None
    beside = 0.58 if is_secondary("rest", verb.phrase) else 0.66
    return lawful(weigh(verb, PLAIN if not objects.names_something else beside), Deed("rest", {}), scope)


_WHILE = word_set(
    "little bit while moment minute min hour night sec second round litle lil day minutes hours mins beat"
)
