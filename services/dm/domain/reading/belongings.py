"""What is done with things: taken, worn, used, eaten, thrown, dropped."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.state import ItemInstance
from services.dm.domain.reading.candidates import Candidate, lawful, missing, one, several
from services.dm.domain.reading.clauses import Clause
from services.dm.domain.reading.english.function_words import ORDINALS
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.english.thesaurus import SLOTS
from services.dm.domain.reading.english.word_set import word_set
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import act, is_worn, objection, ruled
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import Objects, divide, each, find, is_list, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb
from services.dm.domain.reading.weights import NOTHING_LIKE_IT, weigh

AT = ("at", "on", "onto", "to", "into", "over", "against", "around")


def take(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    found = _gathered(objects, scope, "find")
    if found.entities and not found.named and _speaks_of_a_ware(found.entities[0], scope):
        return None
    if found.entities:
        deeds = [Deed("take", {"find": entity.id}) for entity in found.entities]
        return several(weigh(verb, found.score) + 0.02, deeds, scope, found.entities, found.all, found.phrase)
    if not objects.names_something:
        return _nothing_named(verb, scope)
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
    return missing(score, "cannot" if fixed else "not-here", " ".join(what), scope.of("find"))


def _speaks_of_a_ware(find_: Entity, scope: Scope) -> bool:
    """ "I'll take it": of what is for sale, when that was spoken of last."""
    told = [entity for entity in (*scope.recent, *scope.spoken_of) if entity.kind == "ware" or entity is find_]
    return bool(told) and told[0].kind == "ware"


def _nothing_named(verb: Verb, scope: Scope) -> Candidate | None:
    finds = scope.of("find")
    if not finds:
        return missing(weigh(verb, 0.45), "not-here", "", ())
    if len(finds) == 1 and not verb.rest:
        return one(weigh(verb, 0.6), Deed("take", {"find": finds[0].id}), finds[0])
    return one(weigh(verb, 0.5), Ask(tuple(Deed("take", {"find": f.id}) for f in finds[:6]))) if not verb.rest else None


def _gathered(objects: Objects, scope: Scope, *kinds: str) -> Reference:
    """One reference, or those of a list taken together: all of them are meant."""
    listed = each(objects.direct, scope, *kinds)
    if len(listed) > 1 or (is_list(objects.direct) and listed[0].entities):
        members = tuple(dict.fromkeys(entity for reference in listed for entity in reference.entities[:1]))
        return Reference(members, min(r.score for r in listed), " ".join(objects.direct), True, True)
    return find(objects, scope, *kinds)


def drop(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    found = _gathered(objects, scope, "item")
    if objects.after("at") and scope.enemies:
        return None
    if found.entities:
        deeds = [act(verb, "drop", item=entity.id) for entity in found.entities]
        if found.all and len(deeds) > 2:
            return one(weigh(verb, found.score), Ask(tuple(deeds[:6]), found.phrase), *found.entities)
        return several(weigh(verb, found.score), deeds, scope, found.entities, found.all, found.phrase)
    if is_secondary("drop", verb.phrase):
        return None
    if not verb.rest and scope.of("item"):
        return one(weigh(verb, 0.5), Ask(tuple(act(verb, "drop", item=e.id) for e in scope.of("item")[:6])))
    return not_carried(verb, objects, scope)


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
    if verb.phrase[0] in _PLACING and find(Objects((), objects.by, ()), scope, "feature").score >= 0.9:
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
    gained = _gained_by_name(scope) if "it" in objects.whole else None
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


_PLACING = word_set("put place set stick lay hold")
_SWAPPING = word_set("swap exchange trade change switch replace")


def _changes(verb: Verb, objects: Objects, wearable: Sequence[Entity], scope: Scope) -> Candidate | None:
    """ "swap the hat for the hood": the second is put on, when both are one's own."""
    new = resolve(objects.after("for", "with", "to", "into"), scope, among=wearable)
    old = resolve(objects.direct, scope, among=wearable)
    wanted = new if meaningful(objects.direct) or new.entities else old
    mine = old.entities or not meaningful(objects.direct)
    if not (wanted.entities and wanted.named and mine) or find(objects, scope, "person").named:
        return None
    fresh = [entity for entity in wanted.entities if not is_worn(entity.thing, scope)] or list(wanted.entities)
    deeds = [Deed("equip", {"item": entity.id}) for entity in fresh]
    return several(weigh(verb, wanted.score) + 0.1, deeds, scope, fresh, False, wanted.phrase)


def _gained_by_name(scope: Scope) -> str | None:
    """What the clause before buys or takes: its id when it is carried already, else its name."""
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


def _after_taking(score: float, found: Entity) -> Candidate:
    """What lies here is taken first; then the thing is carried, and is called by its name until it has an id."""
    then: Meaning = Deed("use_item", {"item": found.name, "target": None})
    return Candidate(score, (Deed("take", {"find": found.id}), then), (found,))


def unequip(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    worn = [entity for entity in scope.of("item") if is_worn(entity.thing, scope)]
    found = resolve(objects.direct or objects.whole, scope, among=worn)
    if found.one and (found.named or found.score >= 0.7):
        return one(weigh(verb, found.score), Deed("unequip", {"slot": found.one.thing.slot}), found.one)
    if found.all and len(found.entities) > 1 and not meaningful(objects.whole):
        deeds = [Deed("unequip", {"slot": entity.thing.slot}) for entity in found.entities]
        return several(weigh(verb, found.score), deeds, scope, found.entities, True, found.phrase)
    if not objects.names_something and worn and verb.phrase[0] in _BARING:
        every = [Deed("unequip", {"slot": entity.thing.slot}) for entity in worn]
        return several(weigh(verb, 0.7), every, scope, worn, verb.phrase[0] in _NAKED, "worn")
    words = {stem(word) for word in objects.direct}
    slot = next((slot for slot, names in SLOTS.items() if words & set(names.split())), "")
    if slot:
        return lawful(weigh(verb, 0.6), Deed("unequip", {"slot": slot}), scope)
    return not_carried(verb, objects, scope, worn) if objects.names_something else None


_NAKED = word_set("undress strip get take")
_BARING = _NAKED | word_set("unequip disarm")


def use(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    if verb.phrase[0] in _PLACING and find(Objects((), objects.by, ()), scope, "feature").score >= 0.9:
        return None
    if "as" in verb.rest:
        return (
            one(weigh(verb, 0.6), Impossible("cannot", " ".join(meaningful(objects.direct))))
            if objects.direct
            else None
        )
    pool = _usable_first(resolve(objects.direct or objects.whole, scope, "item"))
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
    gained = _gained_by_name(scope) if "it" in objects.direct else None
    if gained and scope.fighting:
        deeds = [Deed("use_item", {"item": gained, "target": enemy.id}) for enemy in scope.enemies]
        return one(weigh(verb, 0.9), deeds[0] if len(deeds) == 1 else Ask(tuple(deeds[:6])))
    harmful = [e for e in scope.of("item") if e.thing.use and (e.thing.use.damage or e.thing.use.afflicts)]
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


_THINGS = ("item", "find", "ware")
_THROWN = word_set("throw toss hurl lob fling chuck pitch sling heave yeet bung roll flick launch")


def hurls(verb: Verb, found: Reference, objects: Objects, scope: Scope) -> Candidate:
    """A thing that harms goes to the enemy named, or to the only one of a fight."""
    first = found.entities[0]
    target = _aim(objects, first, scope)
    if not target.entities and len(scope.enemies) == 1 and scope.fighting:
        target = Reference(scope.enemies, 0.6)
    enemies = target.entities or scope.enemies
    if not enemies:
        return lawful(weigh(verb, found.score), Deed("use_item", {"item": first.id, "target": None}), scope, first)
    deeds = [Deed("use_item", {"item": first.id, "target": enemy.id}) for enemy in enemies]
    score = weigh(verb, found.score) + (0.08 if target.entities else 0.0)
    if len(deeds) == 1 and (target.entities or scope.fighting):
        count = max(1, min(found.quantity, first.thing.quantity))
        thrown = tuple(ruled(deeds[0], scope, first.name) for _ in range(count))
        return Candidate(score, thrown, (first, *enemies), first=found.quantity - count)
    return one(score, Ask(tuple(deeds[:6]), first.name), first)


def _aim(objects: Objects, thrown: Entity, scope: Scope) -> Reference:
    """Whom it is thrown at: named, or pointed at by a pronoun or a number."""
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
    edible = [
        e
        for e in scope.of("item")
        if e.thing.kind == "consumable" and e.thing.use and not e.thing.use.damage and not e.thing.use.afflicts
    ]
    listed = [each_.one for each_ in each(objects.direct, scope, "item") if each_.one in edible and each_.one]
    if is_list(objects.direct) and len(listed) > 1:
        eaten = [Deed("use_item", {"item": entity.id, "target": None}) for entity in listed]
        return Candidate(weigh(verb, 1.0), tuple(eaten), tuple(listed), apart=True)
    found = resolve(objects.direct or objects.whole, scope, among=edible)
    if found.entities and (found.named or found.one):
        count = min(found.quantity, found.entities[0].thing.quantity)
        deeds = [Deed("use_item", {"item": entity.id, "target": None}) for entity in found.entities]
        if len(deeds) == 1 and found.quantity > 1:
            left_out = found.quantity - count
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
    nobody = find(objects, scope, "person", "foe", "spawn", "feature")
    if nobody.named:
        bitten = verb.phrase[0] in _SWALLOWED and nobody.entities[0].kind != "feature"
        name = nobody.entities[0].name
        return one(weigh(verb, 0.6), Impossible("cannot", name, (nobody.entities[0].id,))) if bitten else None
    return not_carried(verb, objects, scope, edible)


_SWALLOWED = word_set("eat devour swallow consume gobble drink munch")


def heal(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """No remedy was named: the only one that helps, or else which."""
    objects = divide(verb.rest)
    if set(meaningful(objects.whole)) - _AILING:
        return None
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
