"""Looking, reading, and what is done for show: nothing that the rules are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, missing, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Roleplay
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem
from services.dm.domain.reading.verbs import Verb
from services.dm.domain.reading.weights import GESTURE, NOTHING_LIKE_IT, weigh

LOOKED_AT = ("person", "foe", "spawn", "feature", "find", "item", "ware", "way")
_ONESELF = word_set("myself me self")
_HERE = word_set("place room area market alley here surroundings world scene view")
_SIGNS = word_set("sign signs wall poster notice plate board writing inscription rule words")


def look(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    if _ONESELF & set(objects.whole):
        return one(weigh(verb, 0.8), Answer("self"))
    if not objects.names_something and not set(objects.whole) & {"it", "him", "her", "them", "that"}:
        return one(weigh(verb, 0.8), Answer("look"))
    found = find(objects, scope, *LOOKED_AT)
    if set(meaningful(objects.whole)) <= _HERE | scope.place_words and not objects.by:
        return one(weigh(verb, 0.95), Answer("look"))
    if found.entities and (found.named or found.one):
        return one(weigh(verb, found.score) - 0.04, look_at(found.entities[0]), found.entities[0])
    if verb.phrase == ("look",) and meaningful(objects.direct):
        return one(weigh(verb, GESTURE), Roleplay("emote"))
    words = {stem(word) for word in meaningful(objects.whole)}
    if words & (_HERE | scope.scenery):
        return one(weigh(verb, 0.56), Answer("look"))
    return missing(weigh(verb, NOTHING_LIKE_IT - 0.02), "not-here", " ".join(meaningful(objects.whole)))


def look_at(entity: Entity) -> Answer:
    """The answer to a look at it: of a thing to have, what it is good for."""
    if entity.kind in ("item", "ware"):
        return Answer("does", entity.worth)
    return Answer("examine", entity.id)


def told_of(entity: Entity) -> Answer:
    """The answer to a question: abilities, quests and ways have subjects of their own; the rest is looked at."""
    if entity.kind == "ability":
        return Answer("ability", entity.id)
    if entity.kind in ("quest", "offer"):
        return Answer("quest", entity.id)
    if entity.kind == "away":
        return Answer("way", entity.thing.at.id)
    if entity.kind in ("way", "place"):
        return Answer("way", entity.thing.to.id if entity.kind == "way" else entity.id)
    return look_at(entity)


def told_before(deed: Deed, about: Sequence[Entity]) -> Answer | None:
    """The answer for somebody who asks whether a guarded deed can be done: where it leads, what it brings or costs."""
    subject = _ASKED_BEFORE.get(deed.tool)
    if subject not in ("way", "price"):
        return Answer(subject) if subject else None
    if not about:
        return None
    return told_of(about[0]) if subject == "way" else Answer(subject, about[0].worth)


_ASKED_BEFORE = {"move_to": "way", "sell": "price", "buy": "price", "flee": "options", "level_up": "level"}


def read_writing(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    objects = divide(verb.rest)
    found = find(objects, scope, "feature", "find", "item", "foe", "ware")
    if found.entities and (found.named or found.one):
        return one(weigh(verb, found.score) + 0.04, Answer("read", found.entities[0].worth), found.entities[0])
    if told := spoken_of_here(objects.whole, scope):
        return one(weigh(verb, 0.7), told)
    if _SIGNS & {stem(word) for word in objects.whole} or {stem(w) for w in meaningful(objects.whole)} & scope.scenery:
        return one(weigh(verb, 0.7), Answer("read", "sign"))
    return missing(weigh(verb, NOTHING_LIKE_IT), "not-here", " ".join(meaningful(objects.whole)))


def spoken_of_here(words: Sequence[str], scope: Scope) -> Ask | None:
    """The question whether somebody is to be asked of what they alone can tell of: "read the tag on my ear"."""
    told = resolve(words, scope, "topic")
    if not (told.one and told.named and told.score >= _BY_NAME):
        return None
    return Ask((Deed("talk", {"npc": told.one.owner, "topic": told.one.id}),), told.one.name)


_BY_NAME = 0.9


def gesture(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """An emote, at whoever or whatever is named."""
    objects = divide(verb.rest)
    about = find(objects, scope, *LOOKED_AT) if objects.names_something or objects.whole else None
    entity = about.entities[0] if about and about.entities and (about.named or about.one) else None
    near = 0.06 if entity and entity.kind in ("person", "foe", "spawn") else 0.0
    alone = (
        (0.3 if verb.length > 1 and not verb.rest else 0.14)
        if not objects.names_something and verb.phrase != ("do",)
        else 0.0
    )
    return one(weigh(verb, GESTURE + near + alone), Roleplay("emote", entity.id if entity else None))


def say(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """A greeting, thanks, a farewell, small talk, a wish: to whoever is named or here."""
    if verb.sense == "small-talk" and meaningful(verb.rest) and verb.length < 2:
        return None
    person = resolve(verb.rest, scope, "person")
    if not person.one and verb.rest:
        firsts = (resolve(_first(verb.rest, size), scope, "person") for size in (3, 2, 1))
        person = next((found for found in firsts if found.one), person)
    whom = person.one or (scope.of("person")[0] if len(scope.of("person")) == 1 else None)
    long = 0.05 * verb.length
    score = (0.8 if not meaningful(verb.rest) or person.named else 0.48) + long
    return one(score * verb.sure, Roleplay(verb.sense, whom.id if whom else None))


def _first(words: Sequence[str], size: int) -> tuple[str, ...]:
    """So many words before the first comma: "good morning mr ferrule, nice weather"."""
    at = words.index(",") if "," in words[1:] else len(words)
    return tuple(word for word in words[:at] if word != ",")[:size]


def impossible(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """The refusal of what nobody can do here, with what it would be done to."""
    objects = divide(verb.rest)
    what = " ".join(meaningful(objects.first)) or " ".join(verb.phrase)
    found = find(objects, scope, *LOOKED_AT)
    near = tuple(entity.worth for entity in found.entities[:3]) if found.named else ()
    return one(weigh(verb, GESTURE + 0.01 * verb.length), Impossible("cannot", what, near))


def wait(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """In a fight, and for a cat that cannot act, waiting is defending: the others go on."""
    objects = divide(verb.rest)
    if (scope.fighting or not scope.scene.derived.can_act) and verb.phrase[0] not in _ENDING:
        return one(weigh(verb, 0.84 if not objects.direct else 0.5), Deed("defend", {}))
    return one(weigh(verb, 0.84 if not objects.names_something else 0.5), Roleplay("wait"))


_ENDING = word_set("think ponder hesitate stop skip")
