"""Attempts: what is opened, and what is tried on a thing of the place, with which stat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, lawful, missing, several
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.entities import Entity, content_of, deeds_of
from services.dm.domain.reading.likeness import means
from services.dm.domain.reading.meaning import Deed
from services.dm.domain.reading.naming import Reference, resolve
from services.dm.domain.reading.objects import Objects, divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb
from services.dm.domain.reading.weights import NOTHING_LIKE_IT, weigh

_APPROACHES: Mapping[str, str] = {
    "claws": "force claw smash kick break bust bash ram slash rip tear melt cut scratch shove push batter claws muscle",
    "paws": "paws paw nimbly delicately",
    "wits": "hack wits jimmy brain cleverly",
    "purr": "charm purr sweet coax talk persuade",
}
_HOW = {word: stat for stat, words in _APPROACHES.items() for word in words.split()}
STATS_MEANT = {
    word: stat
    for stat, words in {
        "claws": "claws claw force strength harder hard might muscle",
        "paws": "paws paw",
        "whiskers": "whiskers nose ear ears eyes",
        "wits": "wits head brain brains mind smarter cleverer smartly cleverly",
        "purr": "purr charm",
    }.items()
    for word in words.split()
}


def unlock(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    found = find(objects, scope, "way")
    shut = [way for way in scope.of("way") if way.thing.locked]
    if found.entities and (found.named or found.one):
        barred = [way for way in found.entities if way in shut] or list(found.entities)
        if barred[0] not in shut and is_secondary("unlock", verb.phrase):
            return None
        if barred[0] not in shut and find(objects, scope, "feature").score >= found.score:
            return None  # what is open already is not meant where something else could be
        deeds = [Deed("unlock", {"exit": way.id, "approach": _approach(verb, objects)}) for way in barred]
        return several(
            weigh(verb, found.score) + (0.03 if barred[0] in shut else -0.1), deeds, scope, barred, False, found.phrase
        )
    if (
        {"lock", "locks", "door", "padlock"} & {*verb.phrase, *verb.rest}
        and shut
        and not find(objects, scope, "feature", "find").named
    ):
        deeds = [Deed("unlock", {"exit": way.id, "approach": None}) for way in shut]
        return several(weigh(verb, 0.6), deeds, scope, shut, False, "lock")
    if not objects.names_something and shut and not is_secondary("unlock", verb.phrase):
        return several(
            weigh(verb, 0.55),
            [Deed("unlock", {"exit": w.id, "approach": None}) for w in shut],
            scope,
            shut,
            False,
            "lock",
        )
    if is_secondary("unlock", verb.phrase) or not objects.names_something:
        return None
    return missing(
        weigh(verb, NOTHING_LIKE_IT - 0.02), "not-here", " ".join(meaningful(objects.first)), scope.of("way")
    )


def _approach(verb: Verb, objects: Objects) -> str | None:
    with_what = next((STATS_MEANT[w] for w in objects.after("with", "using") if w in STATS_MEANT), None)
    return with_what or next((_HOW[w] for w in verb.phrase if w in _HOW), None)


def attempt(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """Something tried on a feature, with the stat that the verb implies and the feature allows."""
    objects = divide(verb.rest)
    found = _feature(verb, objects, scope)
    feature = found.entities[0] if found.entities else None
    if not _ONESELF.isdisjoint(objects.direct) and not meaningful(objects.whole):
        return None
    if verb.phrase[-1] not in _COVER and objects.after(*_COVER) and verb.phrase[0] in _COWERING:
        return None
    if feature is None or not (found.named or found.one) or _is_another(objects.whole, feature):
        return None
    if verb.phrase[0] in _SETTLING and not (_SEATS & feature.words.keys() or _by_deed(verb, scope)):
        return None
    deeds = [
        Deed("try_feature", {"feature": f.id, "approach": _choose_stat(verb, objects, f, scope)})
        for f in found.entities
    ]
    fits = 0.03 if verb.detail in feature.thing.stats else 0.0
    told = 0.05 if stem(verb.phrase[0]) in feature.words else 0.0
    if len(deeds) > 1:
        return several(weigh(verb, found.score), deeds, scope, found.entities, False, found.phrase)
    return lawful(weigh(verb, found.score) + fits + told, deeds[0], scope, feature)


def _is_another(words: Sequence[str], feature: Entity) -> bool:
    """ "the top shelf": one of those that a feature is called like, and not this."""
    pairs = pairwise(words)
    return any(word in _PLACED and word not in feature.words and stem(after) in feature.words for word, after in pairs)


_OF_A_FOE = word_set("its his her their")
_PLACED = word_set("top topmost upper uppermost highest")


def _feature(verb: Verb, objects: Objects, scope: Scope) -> Reference:
    direct = meaningful(objects.direct)
    if scope.fighting and _OF_A_FOE.intersection(objects.direct[:1]):
        return Reference()  # "bite its wheels", where a valve has a wheel, too
    put = verb.phrase[0] in ("use", "put", "stick", "bet", "try", "file")
    found = resolve(objects.direct, scope, "feature") if direct else Reference()
    if direct and not found.named and (scope.fighting or find(objects, scope, "foe", "person").score >= 0.8):
        return Reference()
    placed = find(objects, scope, "feature") if objects.by and not found.named else Reference()
    if not found.named and objects.whole and (put or not direct or placed.score >= 0.9):
        found = find(objects, scope, "feature")
    if scope.fighting and not found.named and not _AT_A_FOE.isdisjoint(objects.whole):
        return Reference()
    if found.named or (found.one and found.score >= 0.6 and not meaningful(objects.direct)):
        return found if not {"her", "him"} & set(objects.direct) else Reference()
    told = _by_deed(verb, scope)
    if told:
        return Reference((told,), 0.75, told.name, named=True)
    by_verb = resolve(verb.phrase, scope, "feature")
    if by_verb.one and not _is_head(verb.phrase[0], by_verb.one):
        by_verb = Reference()
    if by_verb.named or objects.names_something:
        return by_verb if not meaningful(objects.direct) or by_verb.score >= 0.8 or found.one else Reference()
    if found.one and found.score >= 0.6:
        return found
    last = next((entity for entity in (*scope.recent, *scope.spoken_of[:4]) if entity.kind == "feature"), None)
    return (
        Reference((last,), 0.62, named=True)
        if last and not scope.fighting and verb.phrase[0] in _EFFORTS
        else Reference()
    )


def _is_head(word: str, feature: Entity) -> bool:
    """ "crank" names a crank; "stop" does not name a stop valve."""
    head = content_of(feature.name)[-1]
    return head in (stem(word), *means(word)) or bool(set(means(word)) & set(content_of(feature.name)))


_AT_A_FOE = word_set("it one them him her")
_ONESELF = word_set("me myself us ourselves")
_COVER = ("behind", "under", "beneath", "underneath")
_COWERING = word_set("crawl squeeze tuck cower duck crouch get slip hide sneak jump dive")
_SETTLING = word_set("sit curl lie perch knead turn_round lick taste")
_SEATS = word_set("chair seat throne bed cushion blanket sofa bench stool shelf sit curl lie")
_EFFORTS = word_set("push pull turn twist crank wind lift heave force try shove yank tug use harder spin hack move")


def _by_deed(verb: Verb, scope: Scope) -> Entity | None:
    """The feature whose own deeds, in the world pack, are what is done."""
    said = " ".join((*verb.phrase, *verb.rest))
    for feature in scope.of("feature"):
        for deed in deeds_of(feature.thing):
            told = deed.casefold().split()
            left = meaningful([word for word in said.split() if word not in told])
            if deed.casefold() in said and all(stem(word) in feature.words or word in scope.scenery for word in left):
                return feature
    return None


def _choose_stat(verb: Verb, objects: Objects, feature: Entity, scope: Scope) -> str:
    """The stat named or implied when the feature can be tried with it; else the best of those it can."""
    stats: tuple[str, ...] = tuple(feature.thing.stats)
    named = next((STATS_MEANT[w] for w in objects.whole if w in STATS_MEANT and STATS_MEANT[w] in stats), "")
    if named:
        return named
    if verb.detail in stats or not stats:
        return verb.detail
    own: Mapping[str, int] = {stat: value for stat, value in scope.scene.derived.stats.items()}
    return max(stats, key=lambda stat: own.get(stat, 0))
