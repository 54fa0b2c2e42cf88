"""Abilities of a class, called by their names, and the choices that a level is spent on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, missing, one, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import DETERMINERS, FILLERS
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.entities import Entity, content_of
from services.dm.domain.reading.law import act, objection, rule_on
from services.dm.domain.reading.likeness import likeness, means
from services.dm.domain.reading.meaning import Ask, Deed, Impossible
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.noun_phrases import take_apart
from services.dm.domain.reading.objects import aside_left_out, divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms, closeness, stem
from services.dm.domain.reading.verbs import Verb, hear
from services.dm.domain.reading.weights import weigh

_INTO = word_set("become turn make grow get")
_AIMS = ("on", "at", "to", "upon", "against", "towards", "with", "into")


def find_named(words: Sequence[str], scope: Scope) -> tuple[Entity, float, tuple[str, ...]] | None:
    """An ability called by its name at the beginning of the words: how surely, and the words after it."""
    best: tuple[Entity, float, tuple[str, ...]] | None = None
    said = [word for word in words if word not in ("my", "the", "a", ",", "!")]
    for entity in scope.of("ability"):
        for name in _names(entity):
            score, size = _begins_with(said, name)
            if score and (best is None or score > best[1]):
                best = (entity, score, _without_echo(said[size:], name))
    return best or (_by_alias(said, scope) if words and words[0] not in DETERMINERS else None)


def _by_alias(said: Sequence[str], scope: Scope) -> tuple[Entity, float, tuple[str, ...]] | None:
    """An ability by what else the world calls it, to the letter, and with nothing beside it but at whom."""
    for entity in scope.of("ability"):
        for alias in _split(entity.aliases):
            score, size = _begins_with(said, alias)
            rest = divide(said[size:]).whole
            if score >= _WHOLE and not _strays(entity, rest, scope) and not _is_a_gesture(entity, said, scope):
                return entity, score, rest
    return None


def _is_a_gesture(entity: Entity, said: Sequence[str], scope: Scope) -> bool:
    """ "purr" of a cat that is well: what an ability could not do now may be done for show."""
    shown = any(verb.sense == "emote" for verb in hear(tuple(said)))
    return shown and bool(objection(_deed(entity, "", scope), scope))


_WHOLE = 0.95
"""The score of a name of which every word is said."""


def _names(entity: Entity) -> tuple[tuple[str, ...], ...]:
    return _split((entity.name, entity.id.replace("-", " ")))


@lru_cache(maxsize=256)
def _split(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(word for word in phrase.casefold().replace("-", " ").split() if word != "the") for phrase in phrases
    )


def _begins_with(said: Sequence[str], name: Sequence[str]) -> tuple[float, int]:
    """All words of the name, in order, in any form ("arch my back"), small words between them left out."""
    at = 0
    total = 0.0
    for word in name:
        while at < len(said) and at and said[at] in DETERMINERS | FILLERS and said[at] != word:
            at += 1
        if at >= len(said):
            return 0.0, 0
        like = _same(said[at], word)
        if not like:
            return 0.0, 0
        total += like
        at += 1
    return (0.95 * total / len(name), at) if name else (0.0, 0)


@lru_cache(maxsize=4_096)
def _same(said: str, word: str) -> float:
    if stem(said) == stem(word) or set(base_forms(said)) & set(base_forms(word)):
        return 1.0
    return closeness(said, word)


def _without_echo(rest: Sequence[str], name: Sequence[str]) -> tuple[str, ...]:
    words = list(rest)
    while words[: len(name)] == list(name):
        words = words[len(name) :]
    return tuple(words)


def by_name(clause: Clause, scope: Scope) -> Candidate | None:
    """A clause that begins with the name of an ability."""
    found = find_named(clause.words, scope)
    if found is None:
        return None
    entity, score, rest = found
    if len(clause.words) - len(rest) == 1 and _at_somebody(entity, rest):
        return None
    return _uses(entity, score + 0.12, rest, scope)


def cast(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "use …", "become big": an ability by its name, by one word of it, or by what it is said to do."""
    found = find_named(verb.rest, scope)
    if found and (found[1] >= 0.94 or not is_secondary("cast", verb.phrase)):
        return _uses(found[0], found[1] + 0.12, found[2], scope)
    objects = divide(verb.rest)
    ref = _find_by_name(objects.direct, scope)
    if ref.one and is_secondary("cast", verb.phrase) and not ref.one.words.keys() & {stem(w) for w in objects.direct}:
        ref = Reference()
    if ref.one is None and verb.phrase[0] in _INTO:
        ref = _find_by_description((*verb.phrase, *objects.whole), scope)
    if ref.one is None:
        if {"ability", "power", "skill", "magic", "special", "attack", "move", "trick", "spell"} & set(objects.whole):
            return _of_which_kind(verb, objects.whole, scope)
        return None
    left = [word for word in verb.rest if stem(word) not in ref.entities[0].words]
    return _uses(ref.entities[0], weigh(verb, ref.score), left, scope)


def _of_which_kind(verb: Verb, words: Sequence[str], scope: Scope) -> Candidate | None:
    """ "use a power": it is asked which. "use my best attack": those that strike, and a plain blow where none does."""
    known = scope.of("ability")
    if "attack" in words:
        striking = tuple(ability for ability in known if ability.thing.ability.strike)
        if len(striking) == 1:
            return _uses(striking[0], weigh(verb, 0.7), words[words.index("attack") + 1 :], scope)
        if not striking and scope.enemies:
            blow = next(heard for heard in hear(("attack",)) if heard.sense == "attack")
            blows = [act(blow, "attack", target=enemy.id, weapon=None) for enemy in scope.enemies]
            return several(weigh(verb, 0.7), blows, scope, scope.enemies, False, "attack")
        known = striking or known
    return one(weigh(verb, 0.7), Ask(tuple(_deed(ability, "", scope) for ability in known), "ability"))


def strike(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "hit it with spark hiss": the ability, at whom the blow is aimed."""
    objects = divide(verb.rest)
    found = find_named(objects.after("with", "using"), scope)
    return _uses(found[0], found[1] + 0.2, objects.direct, scope) if found and found[1] >= 0.8 else None


def _find_by_name(words: Sequence[str], scope: Scope) -> Reference:
    """By a word of its name, not of its description."""
    found = resolve([w for w in words if w not in ("it", "them", "him", "her", "that")], scope, "ability")
    sure = found.one and found.score >= 0.55
    return (
        found
        if sure
        and set(content_of(found.entities[0].name)) & {stem(w) for w in words} | ({"~"} if found.score > 0.8 else set())
        else Reference()
    )


def _find_by_description(words: Sequence[str], scope: Scope) -> Reference:
    content = [w for w in meaningful(words) if w not in ("make", "turn")]
    ranked = (
        sorted(((likeness(content, entity), entity) for entity in scope.of("ability")), key=lambda r: -r[0])
        if content
        else []
    )
    if ranked and ranked[0][0] >= 0.3:
        return Reference((ranked[0][1],), 0.7, " ".join(words), named=True)
    return Reference()


def shorthand(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """A verb that is itself a word of an ability's name: "stare", "spark it", "patch myself up", "pounce on it"."""
    for entity in scope.of("ability"):
        names = [word for name in _names(entity) for word in name]
        forms = [form for word in verb.phrase[:1] for form in base_forms(word) if form not in FILLERS]
        vanishes = entity.thing.ability.escapes and not _VANISHING.isdisjoint(forms)
        if vanishes or any(form in names or not set(means(form)).isdisjoint(names) for form in forms):
            plain = any(form in names for form in forms) and bool(verb.rest)
            strikes = plain and any(heard.sense == "attack" for heard in hear((*verb.phrase, *verb.rest)))
            return (
                None
                if _strays(entity, verb.rest, scope)
                else _uses(entity, weigh(verb, 0.7 if strikes else 1.2), verb.rest, scope)
            )
    return None


_BESIDE_IT = word_set(
    """fight battle brawl scene air twice up room place area secret secrets stuff around everything big tall self pain
    hurting stops"""
)
_VANISHING = word_set("vanish disappear")
_HEALING = word_set("heal mend myself wounds recover better health hp hurting pain bleeding stops")


def _at_somebody(entity: Entity, rest: Sequence[str]) -> bool:
    selfish = entity.thing.ability.target not in ("enemy", "npc")
    aimed = divide(rest).after(*(aim for aim in _AIMS if aim != "with"), "for") or take_apart(rest).pronoun
    return selfish and bool(aimed) and _HEALING.isdisjoint(rest)


def _strays(entity: Entity, rest: Sequence[str], scope: Scope) -> bool:
    """Something is named beside it that is no target: the word is not the ability's name here. What a cat does for
    itself it does at nobody."""
    if _at_somebody(entity, rest):
        return True
    direct = divide(rest).direct
    alone = entity.thing.ability.target not in ("enemy", "npc")
    if alone and meaningful(direct) and resolve(direct, scope, "foe", "spawn", "person").named:
        return True
    left = [
        word for word in meaningful(aside_left_out(rest)) if stem(word) not in entity.words and word not in _BESIDE_IT
    ]
    return bool(left) and not _target(rest, scope, "foe", "spawn", "person").entities


def _uses(entity: Entity, score: float, rest: Sequence[str], scope: Scope) -> Candidate | None:
    """The ability at the target that is named; at the only one there is; of several it is asked which."""
    aim = entity.thing.ability.target
    if aim not in ("enemy", "npc"):
        away = find(divide(rest), scope, "foe", "spawn", "person")
        aimed_elsewhere = meaningful(divide(rest).after("at", "on")) and not away.entities and not scope.fighting
        if aimed_elsewhere:
            return one(score, Impossible("not-here", " ".join(meaningful(rest)), (), _deed(entity, "", scope)), entity)
        return one(score, rule_on(_deed(entity, "", scope), scope, entity.name), entity)
    kinds = ("person",) if aim == "npc" else ("foe",) if scope.fighting else ("spawn",)
    pool = scope.of(*kinds)
    found = _target(rest, scope, *kinds)
    if not found.entities and meaningful(rest) and (pool or resolve(rest, scope, "person").named):
        other = find(divide(rest), scope, "person", "foe", "spawn", "feature")
        if other.entities and other.named:
            return one(
                score,
                Impossible(
                    "cannot",
                    other.entities[0].name,
                    tuple(e.id for e in pool),
                    _deed(entity, other.entities[0].id, scope),
                ),
            )
        if meaningful(divide(rest).after("at", "on")):
            return missing(score, "not-here", " ".join(meaningful(rest)), pool)
    targets = found.entities or pool
    deeds = [_deed(entity, target.id, scope) for target in targets]
    if not deeds:
        return one(score, rule_on(_deed(entity, "", scope), scope, entity.name), entity)
    reason = rule_on(deeds[0], scope, entity.name)
    if len(deeds) == 1 and (found.entities or scope.fighting or aim == "npc"):
        return one(score, reason, entity, targets[0])
    return one(score, reason if isinstance(reason, Impossible) else Ask(tuple(deeds[:6]), entity.name), entity)


def _target(rest: Sequence[str], scope: Scope, *kinds: str) -> Reference:
    if not rest:
        return Reference()
    objects = divide(rest)
    for words in (objects.after(*_AIMS), objects.whole):
        found = resolve(words, scope, *kinds)
        if found.entities and (found.named or found.one or take_apart(words).other):
            return found
    return Reference()


def _deed(ability: Entity, target: str, scope: Scope) -> Deed:
    return Deed("use_ability", {"ability": ability.id, "target": target or None})


def level_up(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    cat = scope.scene.state.character
    objects = divide(verb.rest)
    stat = resolve([w for w in objects.whole if w not in ("up", "level")], scope, "stat")
    ability = resolve(objects.whole, scope, "ability")
    best = ability if ability.score >= stat.score else stat
    plain = (
        verb.phrase[0] in ("level", "lvl", "levelup", "lvlup", "rank")
        or "stronger" in verb.phrase
        or "point" in verb.phrase
    )
    hers = not {"her", "his", "their"}.isdisjoint(objects.whole)
    elsewhere = hers or (verb.phrase == ("put",) and meaningful(objects.direct) and bool(objects.by))
    if best.one and best.named and best.score >= 0.55 and (cat.choices or plain) and not elsewhere:
        chosen = {"stat": best.one.id, "ability": None} if best is stat else {"stat": None, "ability": best.one.id}
        deed = act(verb, "level_up", **chosen)
        return one(weigh(verb, best.score) + (0.1 if plain else 0.0), rule_on(deed, scope, best.one.name), best.one)
    if not plain or meaningful(verb.rest):
        return None
    if not cat.choices:
        return one(0.85, Impossible("not-now", "level"))
    options = [act(verb, "level_up", stat=s.id, ability=None) for s in scope.of("stat")]
    options += [act(verb, "level_up", stat=None, ability=a.id) for a in scope.of("ability")]
    return one(0.85, Ask(tuple(options), "level"))
