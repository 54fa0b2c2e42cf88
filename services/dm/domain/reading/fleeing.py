"""Leaving a fight: flight by its own verbs, and by verbs of movement that lead out."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate, one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.secondary import is_secondary
from services.dm.domain.reading.law import act
from services.dm.domain.reading.meaning import Ask, Deed, Impossible
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import divide, find, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.verbs import Verb
from services.dm.domain.reading.weights import weigh


def flee(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """Flight; in a fight a verb of motion is one when it leads out, or in a hurry to a way."""
    motion = is_secondary("flee", verb.phrase)
    if not scope.fighting:
        elsewhere = motion or verb.phrase[0] not in _FLIGHT or meaningful(verb.rest)
        return None if elsewhere else one(weigh(verb, 0.6), Impossible("not-now", deed=Deed("flee", {})))
    objects = divide(verb.rest)
    if verb.phrase == ("leave",) and not {"one", "it", "them", "him", "her"}.isdisjoint(objects.direct):
        return None
    if objects.after("at") or (verb.phrase == ("go",) and objects.after("for")):
        return None
    if (verb.phrase[-1] == "from" or verb.phrase[0] in _SHAKING) and resolve(objects.whole, scope, "foe").entities:
        return one(verb.sure * 1.2, act(verb, "flee"))
    way = find(objects, scope, "way", "place")
    said = (*verb.phrase, *verb.rest)
    plainly = verb.phrase[0] in _PLAIN_STEPS and _AWAY.isdisjoint(said)
    led = way.named and way.score >= 0.7 and not plainly
    out = not _OUT.isdisjoint(said) or (verb.phrase[0] in _STEADY and not _ALONG.isdisjoint(said))
    elsewhere = find(objects, scope, "foe", "feature", "item", "person").named or meaningful(objects.direct)
    if (meaningful(objects.direct) or motion) and not led and not (out and not elsewhere):
        return None
    score = verb.sure * (way.score + 0.1 if led else 0.6 if objects.names_something else 0.95)
    deed = act(verb, "flee")
    return one(score, Ask((deed,)) if verb.sure < 1.0 else deed)


_PLAIN_STEPS = word_set("go walk head move get make take")
_AWAY = word_set("out away back through off outta from")
_STEADY = word_set("go walk head slide climb swim run crawl return")
_SHAKING = word_set("escape outrun evade lose shake flee")
_FLIGHT = word_set("flee escape retreat withdraw bolt scarper evade disengage abort")
_OUT = word_set("out away outta off outside home exit hills upstairs downstairs")
_ALONG = word_set("up down back")


def move_in_a_fight(verb: Verb, clause: Clause, scope: Scope) -> Candidate | None:
    """Going somewhere with enemies about is flight when a way that is here is named; elsewhere: not now."""
    way = find(divide(verb.rest), scope, "way", "place")
    if not way.named or not way.entities:
        return None
    if way.one and way.one.kind == "way" and way.score >= 0.8 and verb.sure == 1.0 and verb.phrase[0] not in _NO_STEPS:
        return one(weigh(verb, way.score) - 0.06, Deed("flee", {}), way.one)
    deed = act(verb, "move_to", place=way.entities[0].id)
    return one(weigh(verb, way.score) - 0.06, Impossible("not-now", way.entities[0].name, ("flee",), deed))


_NO_STEPS = word_set("take use try follow visit to hit")
"""Verbs of movement that are said of much else."""
