"""Manner: how a deed is done, told in a clause that is none of its own: "creep toward it and strike"."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.law import GUARDED
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Impossible, Meaning
from services.dm.domain.reading.spelling import base_forms, stem
from services.dm.domain.reading.verbs import begins_with_verb

_CARESSES = word_set(
    "rub purr smile headbutt boop brush nuzzle cuddle look bow wink blink snuggle cosy weave growl hiss"
)
_TOWARDS = word_set("toward towards to over up")
_POSTURES = word_set("crouch duck press lean flatten stoop hunch kneel squat bend curl freeze stand sit crawl")
_BODY = word_set(
    """whiskers fur tail ears face coat mane tongue head paw paws eye eyes ear foot feet leg legs back hackles teeth
    chest breath weight nose belly shoulder shoulders hind haunches neck chin mouth jaw"""
)
_IDLE = word_set("emote wait defend hide rest greeting farewell thanks small-talk wish cannot show")


def is_manner(candidate: Candidate, clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a clause is read as a deed that only tells how another of the clauses is done."""
    first = candidate.meanings[0]
    if (
        _is_flourish(first, clause, clauses)
        or _is_opening(first, clause, clauses)
        or _prepares(candidate, clause, clauses)
    ):
        return True
    deed = first.deed if isinstance(first, Impossible) else first
    if not isinstance(deed, Deed) or not clause.words:
        return False
    verb, last = clause.words[0], clause is clauses[-1]
    if deed.tool == "search" and clause.words[1:2] == ("my",) and clause.words[2:3] and clause.words[2] in _BODY:
        return True
    creeps = deed.tool == "hide" and not _TOWARDS.isdisjoint(clause.words)
    rubs = deed.tool == "persuade" and verb in _CARESSES
    runs = verb.endswith("ing") and not clause.led and deed.tool in GUARDED
    poses = deed.tool in ("hide", "defend", "rest") and _is_posture(clause)
    if not last and (creeps or rubs or runs or (poses and deed.tool == "hide")):
        return True
    others = [other for other in clauses if other is not clause]
    participle = verb.endswith("ing") and not clause.led and any(other.led for other in others)
    return poses and (participle or any(_acts(other) for other in others))


def _is_flourish(meaning: Meaning, clause: Clause, clauses: Sequence[Clause]) -> bool:
    """ "I plant my feet and strike": what a cat does with its body is no feat, and holds up nothing."""
    at = next((at for at, word in enumerate(clause.words[:_FARTHEST]) if word in ("my", "both", "one", "each")), 0)
    own = {stem(word) for word in clause.words[at + 1 : at + 4]} & {stem(word) for word in _BODY} if at else set()
    refused = isinstance(meaning, Impossible) and meaning.reason in ("cannot", "not-here", "not-carried")
    return bool(own) and refused and any(_acts(other) for other in clauses if other.position != clause.position)


def _prepares(candidate: Candidate, clause: Clause, clauses: Sequence[Clause]) -> bool:
    """ "I thumb the terminals of a cell and hurl it": what cannot be done with a thing only leads up to what can."""
    after = [other for other in clauses if other.position == clause.position + 1]
    first = candidate.meanings[0]
    refused = isinstance(first, Impossible) and first.reason == "cannot"
    own = any(entity.kind in ("item", "ability") for entity in candidate.about)
    return refused and own and any(_acts(other) and not {"it", "them"}.isdisjoint(other.words) for other in after)


def _is_opening(meaning: Meaning, clause: Clause, clauses: Sequence[Clause]) -> bool:
    """ "Panting under the load, I drop it": how the cat is that does something, before it is told what."""
    after = [other for other in clauses if other.position == clause.position + 1]
    if not after or not (after[0].led and _acts(after[0])) or clause.led or clause.spoken or clause.negated:
        return False
    if clause.question or clause.marked or clause.called or clause.instead is not None or isinstance(meaning, Deed):
        return False
    return isinstance(meaning, Answer | Ask | Impossible) and clause.words[0].endswith("ing")


_FARTHEST = 5


def _is_posture(clause: Clause) -> bool:
    """ "crouch until our noses are level", "flattening my ears"."""
    return not _POSTURES.isdisjoint(base_forms(clause.words[0]))


def _acts(clause: Clause) -> bool:
    """Whether a clause has the verb of a deed."""
    if clause.question or clause.negated or clause.conditional or clause.context or _is_idle(clause):
        return False
    return begins_with_verb(clause.words)


def _is_idle(clause: Clause) -> bool:
    return bool(clause.words) and (_is_posture(clause) or begins_with_verb(clause.words, _IDLE))
