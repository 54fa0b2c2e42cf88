"""Deeds of a feature, in the very words that the world pack has for it, or in words that mean the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, lawful
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.function_words import CARDINALS, DETERMINERS, ORDINALS, PREPOSITIONS
from services.dm.domain.reading.entities import Entity, deeds_of
from services.dm.domain.reading.meaning import Deed
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import aside_left_out, divide, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms
from services.dm.domain.reading.verbs import Verb, hear

_KIN = tuple(
    word_set(words)
    for words in (
        "shout scream yell roar howl shriek holler bellow yowl complain moan",
        "thaw melt defrost warm",
        "read peruse leaf flip flick skim browse",
        "search find rummage hunt dig forage root fish",
        "turn twist rotate spin crank wind",
        "sit perch settle curl flop",
        "open unlatch",
        "kneel bow pray",
        "lift raise",
        "stand step hop climb",
        "feel fumble grope",
        "scrape scratch chip",
    )
)
_LOOKING = word_set("look watch inspect study check examine see")
"""A feature named with a verb of looking is looked at, whatever else it can be used for."""
_NUMBERS = ORDINALS.keys() | CARDINALS.keys() | word_set("number no nr ninety hundred eighty seventy sixty fifty forty")


def by_its_deed(clause: Clause, scope: Scope) -> Candidate | None:
    """The only feature of which the clause's verb is a deed, and that is what the clause names."""
    if not clause.words or clause.question or clause.words[0] in _LOOKING:
        return None
    found = [(feature, told) for feature in scope.of("feature") for told in _deeds_told(clause.words, feature, scope)]
    features = list(dict.fromkeys(feature for feature, _ in found))
    if len(features) != 1:
        return None
    feature = features[0]
    verb = next((v for v in hear(clause.words) if v.sense == "try" and v.detail in feature.thing.stats), None)
    stats: tuple[str, ...] = tuple(feature.thing.stats)
    own: Mapping[str, int] = {stat: value for stat, value in scope.scene.derived.stats.items()}
    approach = verb.detail if verb else max(stats, key=lambda stat: own.get(stat, 0), default=None)
    deed = Deed("try_feature", {"feature": feature.id, "approach": approach})
    return lawful(1.12, deed, scope, feature)


def _deeds_told(words: Sequence[str], feature: Entity, scope: Scope) -> list[str]:
    """Those of the feature's deeds that the words tell of."""
    return [
        deed
        for number, deed in enumerate(deeds_of(feature.thing))
        if not (number and deed.split()[0] in ("read", "open"))
        and _tells(words, deed.casefold().split(), feature, scope)
    ]


def _tells(words: Sequence[str], deed: Sequence[str], feature: Entity, scope: Scope) -> bool:
    if deed[0] in _LOOKING or not _same(words[0], deed[0]):
        return False
    own = [word for word in deed[1:] if word not in DETERMINERS]
    nouns = [word for word in own if word not in PREPOSITIONS]
    if any(noun not in words for noun in nouns):
        return False
    rest = [word for word in divide(words[1:]).whole if word not in nouns]
    named = meaningful(rest)
    if not named:
        return "thing" in rest and deed[0] == words[0]
    if all(word in _NUMBERS or word.isdigit() for word in named):
        return deed[0] == "open" and "open" in words[:1]
    found = resolve(rest, scope, "feature", "find", "item", "way", "person", "foe", "spawn")
    return found.one is feature and found.score >= 0.6


def _same(said: str, own: str) -> bool:
    forms = {said, *base_forms(said)}
    return own in forms or any(own in kin and not kin.isdisjoint(forms) for kin in _KIN)


def is_its_reading(feature: Entity) -> bool:
    """Whether reading is what is first of all done with it: then to read it is to try it."""
    return tuple(deeds_of(feature.thing)[:1]) == ("read",)


def reading(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """ "read the ledger", where that is the ledger's own deed."""
    found = resolve(aside_left_out(verb.rest), scope, "feature", "find", "item")
    if clause.question or not found.one or not found.named or found.one.kind != "feature":
        return None
    if not is_its_reading(found.one) or found.score < 0.6:
        return None
    stats: tuple[str, ...] = tuple(found.one.thing.stats)
    deed = Deed("try_feature", {"feature": found.one.id, "approach": stats[0] if stats else None})
    return lawful(1.2, deed, scope, found.one)
