"""Consumables: things used, eaten, thrown; and those that heal."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.state import ItemInstance
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.abilities import shorthand
from services.dm.domain.reading.belongings import PLACING, gained_by_name, not_carried
from services.dm.domain.reading.candidates import Candidate, lawful, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import ORDINALS
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import objection, rule_on
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import Objects, divide, each, find, is_list, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.telling_apart import told_apart
from services.dm.domain.reading.verbs import Verb, begins_with_verb
from services.dm.domain.reading.weights import weigh

AT = ("at", "on", "onto", "to", "into", "over", "against", "around")


def _after_taking(score: float, found: Entity) -> Candidate:
    """The steps for a thing that lies here: it is taken, then carried, and called by its name until it has an id."""
    then: Meaning = Deed("use_item", {"item": found.name, "target": None})
    return Candidate(score, (Deed("take", {"find": found.id}), then), (found,))


def use(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    if verb.phrase[0] in PLACING and find(Objects((), objects.by, ()), scope, "feature").score >= 0.9:
        return None
    laid = meaningful(objects.after("on", "onto", "upon", "before"))
    if verb.phrase[0] in PLACING and laid and _ON_ONE.isdisjoint({stem(word) for word in laid}):
        return None
    if verb.phrase == ("put",) and ("back" in verb.rest or verb.rest[:1] == ("out",)):
        return None
    if "as" in verb.rest:
        return (
            one(weigh(verb, 0.6), Impossible("cannot", " ".join(meaningful(objects.direct))))
            if objects.direct
            else None
        )
    own = objects.direct or (() if is_secondary("use", verb.phrase) else objects.whole)
    pool = _usable_first(resolve(own, scope, "item"))
    if pool.entities and (pool.named or pool.one):
        return _uses(verb, pool, objects, scope)
    lying = find(objects, scope, "find")
    if lying.one and lying.named:
        return _after_taking(weigh(verb, lying.score) - 0.1, lying.one)
    if not objects.names_something and not verb.rest:
        if verb.phrase != ("use",):
            return None
        return _which_to_use(verb, scope)
    return not_carried(verb, objects, scope)


_ON_ONE = word_set("head neck back tail paw claw ear nose face body chest wound cut me myself it leg fur side coat")


def _usable_first(found: Reference) -> Reference:
    useful = tuple(entity for entity in found.entities if entity.thing.use)
    return Reference(useful, found.score, found.phrase, found.all, found.named, found.quantity) if useful else found


def _which_to_use(verb: Verb, scope: Scope) -> Candidate:
    useful = [entity for entity in scope.of("item") if entity.thing.use]
    deeds = [Deed("use_item", {"item": entity.id, "target": None}) for entity in useful]
    deeds += [Deed("use_ability", {"ability": entity.id, "target": None}) for entity in scope.of("ability")]
    return one(weigh(verb, 0.5), Ask(tuple(deeds[:6]), " ".join(verb.phrase)))


def _uses(verb: Verb, found: Reference, objects: Objects, scope: Scope) -> Candidate:
    """A thing for oneself, or at an enemy when it harms; what is good for nothing but wearing is put on."""
    first = found.entities[0]
    item: ItemInstance = first.thing
    if item.use is None and item.slot and verb.phrase[0] in _DESTROYING:
        return one(weigh(verb, 0.5), Impossible("cannot", first.name, (first.worth,)), first)
    if item.use is None and item.slot:
        feature = resolve(objects.after("on", "with", "as"), scope, "feature")
        return lawful(
            weigh(verb, found.score) - (0.3 if feature.entities else 0.08),
            Deed("equip", {"item": item.id}),
            scope,
            first,
        )
    if item.use and (item.use.damage or item.use.afflicts):
        return hurls(verb, found, objects, scope)
    on = resolve(objects.after("on", "in", "with"), scope, "feature")
    if on.entities and on.named:
        return lawful(weigh(verb, found.score) - 0.3, Deed("use_item", {"item": item.id, "target": None}), scope, first)
    count = min(found.quantity, item.quantity)
    deeds = [Deed("use_item", {"item": entity.id, "target": None}) for entity in found.entities]
    if len(deeds) == 1 and found.quantity > 1:
        return Candidate(weigh(verb, found.score), tuple(deeds * count), (first,), first=found.quantity - count)
    return several(weigh(verb, found.score), deeds, scope, found.entities, False, found.phrase)


def throw(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    gained = gained_by_name(scope) if "it" in objects.direct else None
    if gained and scope.fighting:
        deeds = [Deed("use_item", {"item": gained, "target": enemy.id}) for enemy in scope.enemies]
        return one(weigh(verb, 0.9), deeds[0] if len(deeds) == 1 else Ask(tuple(deeds[:6])))
    if verb.phrase == ("put",) and verb.rest[:1] == ("out",):
        return None
    if verb.phrase[0] in _BARELY and not meaningful(verb.rest) and (not verb.rest or shorthand(verb, clause, scope)):
        return None
    harmful = [e for e in scope.of("item") if e.thing.use and (e.thing.use.damage or e.thing.use.afflicts)]
    if scope.recent and scope.recent[0] in harmful and "it" in objects.direct and not meaningful(objects.direct):
        return hurls(verb, Reference((scope.recent[0],), 0.9, "it"), objects, scope)
    spoken = scope.recent[0].kind if scope.recent and "it" in objects.direct else ""
    aimed = not objects.names_something or find(objects, scope, "foe", "spawn", "feature", "way").named
    anywhere = (objects.whole, *((verb.phrase,) if aimed else ())) if spoken not in _THINGS else ()
    for words in (objects.direct, objects.after("with", "using"), *anywhere):
        found = resolve(words, scope, among=harmful)
        if found.entities and found.named:
            return hurls(verb, found, objects, scope)
    harmless = resolve(objects.direct, scope, "item")
    if harmless.one and harmless.named and verb.phrase[0] in _THROWN and (objects.after(*AT) or scope.enemies):
        name = harmless.one.name
        return one(weigh(verb, harmless.score) - 0.05, Impossible("cannot", name, (harmless.one.worth,)), harmless.one)
    if objects.names_something and not find(objects, scope, "item", "foe", "spawn").named:
        return not_carried(verb, objects, scope, harmful)
    return None


_DESTROYING = word_set("burn light ignite torch fire crack snap break consume spend")
_BARELY = word_set("zap shoot fire burn torch blast")
"""Verbs that an ability may have too: nothing is used up in its stead."""
_THINGS = ("item", "find", "ware")
_THROWN = word_set("throw toss hurl lob fling chuck pitch sling heave yeet bung roll flick launch")


def hurls(verb: Verb, found: Reference, objects: Objects, scope: Scope) -> Candidate:
    """A thing that harms goes to the enemy named, or to the only one of a fight."""
    first = found.entities[0]
    told = told_apart(verb.rest, scope)
    target = Reference(told, 0.8, "one", named=True) if told else _aim(objects, first, scope)
    if not target.entities and len(scope.enemies) == 1 and scope.fighting:
        target = Reference(scope.enemies, 0.6)
    enemies = target.entities or scope.enemies
    if not enemies:
        return lawful(weigh(verb, found.score), Deed("use_item", {"item": first.id, "target": None}), scope, first)
    deeds = [Deed("use_item", {"item": first.id, "target": enemy.id}) for enemy in enemies]
    score = weigh(verb, found.score) + (0.08 if target.entities else 0.0)
    if len(deeds) == 1 and (target.entities or scope.fighting):
        count = max(1, min(found.quantity, first.thing.quantity))
        thrown = tuple(rule_on(deeds[0], scope, first.name) for _ in range(count))
        return Candidate(score, thrown, (first, *enemies), first=found.quantity - count)
    return one(score, Ask(tuple(deeds[:6]), first.name), first)


def _aim(objects: Objects, thrown: Entity, scope: Scope) -> Reference:
    """The target of a throw: named, or pointed at by a pronoun or a number."""
    kind = "foe" if scope.fighting else "spawn"
    for group in (objects.after(*AT), objects.direct, objects.by.get("with", ()), objects.by.get("away", ())):
        words = tuple(w for w in group if stem(w) not in thrown.words)
        found = resolve(words, scope, kind)
        if found.entities and (found.named or meaningful(words) or not _POINTING.isdisjoint(words)):
            return found
    return Reference()


_POINTING = word_set("it him her them that this other") | ORDINALS.keys()


def eat(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    if "as" in verb.rest:
        return None
    eaten_for_sure = not is_secondary("eat", verb.phrase)
    edible = [
        e
        for e in scope.of("item")
        if e.thing.kind == "consumable" and e.thing.use and not e.thing.use.damage and not e.thing.use.afflicts
    ]
    listed = [each_.one for each_ in each(objects.direct, scope, "item") if each_.one in edible and each_.one]
    if is_list(objects.direct) and len(listed) > 1:
        eaten = [Deed("use_item", {"item": entity.id, "target": None}) for entity in listed]
        return Candidate(weigh(verb, 1.0), tuple(eaten), tuple(listed), apart=True)
    found = resolve(objects.direct or (objects.whole if eaten_for_sure else ()), scope, among=edible)
    pointed = found.one and (found.score >= 0.6 or eaten_for_sure)
    if found.entities and (found.named or pointed):
        carried = found.entities[0].thing.quantity
        every = len(found.entities) == 1 and not _EVERY.isdisjoint(found.phrase.split())
        count = carried if every else min(found.quantity, carried)
        deeds = [Deed("use_item", {"item": entity.id, "target": None}) for entity in found.entities]
        if len(deeds) == 1 and (found.quantity > 1 or every):
            left_out = (_MOST if every else found.quantity) - count
            return Candidate(weigh(verb, found.score) + 0.02, tuple(deeds * count), found.entities, first=left_out)
        return several(weigh(verb, found.score) + 0.02, deeds, scope, found.entities, False, found.phrase)
    lying = find(objects, scope, "find")
    alive = find(objects, scope, "person", "foe", "spawn")
    sips = objects.after("from") and not meaningful(objects.direct)
    if lying.one and lying.named and lying.score > alive.score and not sips:
        return _after_taking(weigh(verb, lying.score), lying.one)
    if sips:
        return None
    if {"it", "that", "this", "them"} & set(objects.whole):
        return None
    if not meaningful(objects.whole) and edible and not is_secondary("eat", verb.phrase):
        return _something_good(verb, edible, scope, weigh(verb, 0.6))
    return _inedible(verb, objects, scope, edible)


_EVERY = word_set("all every each")
_MOST = 50
"""More than anybody carries of a thing: steps are numbered from the last, whatever was eaten before."""


def _inedible(verb: Verb, objects: Objects, scope: Scope, edible: Sequence[Entity]) -> Candidate | None:
    """The refusal to eat what is no food: somebody, something else that is carried, what is not carried."""
    nobody = find(objects, scope, "person", "foe", "spawn", "feature")
    if nobody.named:
        bitten = verb.phrase[0] in _SWALLOWED and nobody.entities[0].kind != "feature"
        name = nobody.entities[0].name
        return one(weigh(verb, 0.6), Impossible("cannot", name, (nobody.entities[0].id,))) if bitten else None
    uneaten = resolve(objects.direct, scope, "item")
    if uneaten.one and uneaten.named and verb.phrase[0] in _SWALLOWED:
        return one(weigh(verb, 0.6), Impossible("cannot", uneaten.one.name, (uneaten.one.worth,)), uneaten.one)
    return not_carried(verb, objects, scope, edible)


_SWALLOWED = word_set("eat devour swallow consume gobble drink munch")


def heal(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """No remedy was named: the only one that helps, or else which."""
    objects = divide(verb.rest)
    if set(meaningful(objects.whole)) - _AILING or objects.after("at"):
        return None  # one gets better at something, too
    remedies = [e for e in scope.of("item") if e.thing.use and e.thing.use.heal]
    return _something_good(verb, remedies, scope, weigh(verb, 0.75))


_AILING = word_set("wounds wound hp health injuries hurt damage cuts bruises ear full")


def _something_good(verb: Verb, things: Sequence[Entity], scope: Scope, score: float) -> Candidate:
    """A healing ability that is ready comes before what is used up."""
    deeds = [Deed("use_item", {"item": entity.id, "target": None}) for entity in things]
    if verb.sense == "heal" and verb.phrase[0] not in _MEALS:
        healing = [entity for entity in scope.of("ability") if entity.thing.ability.heal]
        cures = [Deed("use_ability", {"ability": entity.id, "target": None}) for entity in healing]
        ready = [(deed, entity) for deed, entity in zip(cures, healing, strict=True) if not objection(deed, scope)]
        if ready:
            return one(score, ready[0][0], ready[0][1])
        deeds += cures
        deeds += [] if scope.fighting or not scope.briefing.safe or deeds else [Deed("rest", {})]
    able = [deed for deed in deeds if not objection(deed, scope)] or deeds
    if not able:
        return one(score, Impossible("not-carried", "remedy"))
    best = _enough(able, things, scope)
    return lawful(score, best, scope, *(entity for entity in things if entity.id == best.arguments.get("item")))


_MEALS = word_set("eat drink snack have grab")


def _enough(deeds: Sequence[Deed], things: Sequence[Entity], scope: Scope) -> Deed:
    """The least that makes whole, or else the most there is."""
    cat = scope.scene.state.character
    heals = {
        entity.id: dice.count * (dice.sides + 1) / 2 + dice.bonus
        for entity in things
        if (dice := entity.thing.use.heal)
    }
    known = [(heals[id_], deed) for deed in deeds if (id_ := deed.arguments.get("item") or "") in heals]
    able = [pair for pair in known if pair[0] >= cat.max_hp - cat.hp]
    if not known:
        return deeds[0]
    return min(able, key=lambda pair: pair[0])[1] if able else max(known, key=lambda pair: pair[0])[1]


def apply(clause: Clause, scope: Scope) -> Candidate | None:
    """ "scrub at my legs with the brush": what helps one, put to one's own body, whatever the verb."""
    known = begins_with_verb(clause.words)
    if clause.question or clause.marked or (known and not begins_with_verb(clause.words, _HANDLING)):
        return None
    objects = divide(clause.words[1:])
    before = clause.words[: clause.words.index("with")] if "with" in clause.words else ()
    own = {"me", "myself"} & set(before) or ("my" in before and _ON_ONE & {stem(word) for word in before})
    found = resolve(objects.after("with"), scope, "item") if own else None
    use = found.one.thing.use if found and found.one and found.named else None
    if found is None or found.one is None or use is None or use.damage or use.afflicts or not (use.heal or use.cures):
        return None
    return lawful(1.0, Deed("use_item", {"item": found.one.id, "target": None}), scope, found.one)


_HANDLING = ("try", "emote", "attack", "equip", "drop")


def relieve(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "get this tape off me": what one suffers is named, and something carried cures it."""
    suffered = find(divide(verb.rest), scope, "condition")
    if not suffered.one:
        return None
    cures = [e for e in scope.of("item") if e.thing.use and suffered.one.id in e.thing.use.cures]
    deeds = [Deed("use_item", {"item": entity.id, "target": None}) for entity in cures]
    if not deeds:
        return one(0.6, Answer("conditions"))
    return several(1.1, deeds, scope, cures, False, suffered.phrase)
