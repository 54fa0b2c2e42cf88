"""Evidence for and against each thing that a clause may mean, as named numbers for the ranking to weigh.

By how it is phrased (the model's probability of its label), by its verb (heard first, later, or another instead), by
its things (how well they are named, what is named besides), by where it is said, and by who proposes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.entities import Entity
from services.dm.domain.reading.law import GUARDED, objection
from services.dm.domain.reading.meaning import Answer, Ask, Deed, Foreign, Impossible, Meaning, Roleplay
from services.dm.domain.reading.options import Option
from services.dm.domain.reading.said import Said
from services.dm.domain.reading.spelling import stem

Evidence = Mapping[str, float]

_SENSES: Mapping[str, tuple[str, ...]] = {
    **{tool: (tool,) for tool in GUARDED},
    "use_ability": ("cast",), "accept_quest": ("accept",), "try_feature": ("try",),
    "talk": ("talk", "greeting", "small-talk"), "use_item": ("use", "eat", "heal", "throw"),
}  # fmt: skip
"""Senses of verbs that lead to a tool, where there is not one that is called like it."""
_LABELS: Mapping[str, tuple[str, ...]] = {
    "speech": ("rp.speech", "rp.insult", "rp.apology"), "murmur": ("rp.nonsense",), "declined": ("rp.no",),
}  # fmt: skip
"""Labels of the model for a manner, where there is not one that is called like it."""
_REASONS: Mapping[str, tuple[str, ...]] = {"cannot": ("no.impossible",), "not-so": ("rp.claim",)}
_KINDS: Mapping[str, str] = {"deed": "do", "ask": "do", "answer": "answer", "no": "no", "rp": "rp"}
_NAMED = 0.5
"""The least worth of a word that names a thing."""
_FLOOR = 0.003
"""Added to a probability before its logarithm is taken."""
_WHERE = ("people", "fight", "shop", "q", "sp", "addr")


def weigh_evidence(options: Sequence[Option], said: Said) -> list[Evidence]:
    """The evidence for each option; the first is what was chosen without."""
    return [dict(_evidence(option, said, chosen=number == 0)) for number, option in enumerate(options)]


def type_of(meaning: Meaning) -> str:
    names = {Deed: "deed", Ask: "ask", Answer: "answer", Impossible: "no", Roleplay: "rp", Foreign: "foreign"}
    return names[type(meaning)]


def labels_of(meaning: Meaning) -> tuple[str, ...]:
    """The labels that the model of phrasings has for a meaning, none where it knows nothing like it."""
    match meaning:
        case Deed(tool, arguments):
            return ("do.talk.topic" if tool == "talk" and arguments.get("topic") else f"do.{tool}",)
        case Ask(options):
            return labels_of(options[0]) if options else ()
        case Answer(subject):
            return (f"answer.{subject}",)
        case Roleplay(manner):
            return _LABELS.get(manner, (f"rp.{manner}",))
        case Impossible(reason, deed=deed):
            return labels_of(deed) if deed else _REASONS.get(reason, ())
    return ()


def _evidence(option: Option, said: Said, chosen: bool) -> Iterator[tuple[str, float]]:
    meaning = option.candidate.meanings[0]
    type_ = type_of(meaning)
    labels = labels_of(meaning)
    deed = _deed_of(meaning)
    yield f"t:{type_}", 1.0
    yield from _details(meaning, option.candidate, type_, labels)
    phrased = list(_by_phrasing(type_, labels, said))
    yield from phrased
    named = _names(meaning, said)
    yield from named.evidence(type_)
    heard = list(_by_verb(meaning, deed, type_, named, said))
    yield from heard
    yield from ((f"{type_}&{flag}", 1.0) for flag in said.flags)
    if isinstance(meaning, Answer) or (deed and deed.tool == "talk"):
        yield from ((f"{labels[0]}&{flag}", 1.0) for flag in said.flags if flag in _WHERE)
    if isinstance(meaning, Deed) and objection(meaning, said.scope):
        yield "objected", 1.0
    for source in option.sources:
        yield f"src:{source}", 1.0
        yield f"src:{source}:{type_}", 1.0
    fit = min(1.2, option.fit)
    yield "fit", fit
    yield f"fit:{type_}", fit
    if chosen:
        yield from _as_chosen(option.candidate, type_, dict(phrased), dict(heard), said)


def _details(meaning: Meaning, candidate: Candidate, type_: str, labels: Sequence[str]) -> Iterator[tuple[str, float]]:
    yield f"l:{labels[0]}" if labels else f"l0:{type_}", 1.0
    if isinstance(meaning, Impossible):
        yield f"reason:{_reason(meaning)}", 1.0
    if isinstance(meaning, Roleplay):
        yield f"manner:{meaning.manner}", 1.0
    if isinstance(meaning, Ask):
        yield f"ask{min(3, len(meaning.options))}", 1.0
    if len(candidate.meanings) > 1:
        yield "several", 1.0
        yield f"several:{type_}", 1.0


def _reason(meaning: Impossible) -> str:
    return meaning.reason + ("+d" if meaning.deed else "")


def _by_phrasing(type_: str, labels: Sequence[str], said: Said) -> Iterator[tuple[str, float]]:
    sure = sum(said.sure.get(label, 0.0) for label in labels)
    if not labels:
        sure = said.sure.get("do", 0.0) * 0.2 if type_ == "no" else 0.0
    yield "lp", log(sure + _FLOOR)
    yield f"lp:{type_}", log(sure + _FLOOR)
    yield f"kind:{type_}", said.sure.get(_KINDS.get(type_, ""), 0.0)
    top = said.guesses[0] if said.guesses else None
    if top and top.label in labels:
        yield "top", 1.0
        yield f"top:{type_}", 1.0
        yield "topsure", top.sure


def _deed_of(meaning: Meaning) -> Deed | None:
    if isinstance(meaning, Impossible):
        return meaning.deed
    if isinstance(meaning, Ask):
        return meaning.options[0] if meaning.options else None
    return meaning if isinstance(meaning, Deed) else None


@dataclass(frozen=True)
class Named:
    """Names of the things of a meaning: how many things there are, how many are not named at all, the worst of their
    names, and the words that name them."""

    things: int
    unnamed: int
    least: float
    words: frozenset[str]

    def evidence(self, type_: str) -> Iterator[tuple[str, float]]:
        yield f"nent:{type_}:{self.things}", 1.0
        if self.things:
            yield f"wmin:{type_}", self.least
            yield f"miss:{type_}", float(self.unnamed)


def _names(meaning: Meaning, said: Said) -> Named:
    words: set[str] = set()
    unnamed, least = 0, 1.0
    things = list(_things(meaning, said))
    for entities in things:
        worths = {word: max((said.worth(word, e) for e in entities), default=0.0) for word in said.content}
        best = max(worths.values(), default=0.0)
        words |= {word for word, worth in worths.items() if worth >= _NAMED}
        unnamed += best < _NAMED
        least = min(least, best)
    return Named(len(things), unnamed, least, frozenset(words))


def _things(meaning: Meaning, said: Said) -> Iterator[tuple[Entity, ...]]:
    """For each thing that a meaning is about, what it may be."""
    if isinstance(meaning, Answer) and meaning.about:
        yield said.by_id.get(meaning.about, ())
    deed = _deed_of(meaning)
    for name, value in (deed.arguments if deed else {}).items():
        if deed and value is not None and name not in ("approach", "slot"):
            found = said.by_id.get(value, ())
            yield tuple(e for e in found if name != "topic" or e.owner == deed.arguments["npc"])


def _by_verb(meaning: Meaning, deed: Deed | None, type_: str, named: Named, said: Said) -> Iterator[tuple[str, float]]:
    senses = _senses_of(meaning, deed)
    first = not said.first_senses.isdisjoint(senses)
    where = "first" if first else "later" if not said.later_senses.isdisjoint(senses) else "none"
    yield f"ev:{type_}:{where}", 1.0
    yield f"evc:{type_}:{where}:{'con' if said.first_senses and not first else 'ok'}", 1.0
    if deed:
        yield f"evt:{deed.tool}:{where}", 1.0
    verb = {word for each in said.verbs if each.sense in senses for word in each.phrase}
    left = [word for word in said.content if word not in named.words and not {word, stem(word)} & verb]
    yield f"left:{type_}", len(left) / (len(said.content) or 1)
    yield f"nleft:{type_}", float(min(3, sum(stem(word) in said.scope.by_word for word in left)))
    yield f"ncov:{type_}", float(min(3, len(named.words)))


def _senses_of(meaning: Meaning, deed: Deed | None) -> tuple[str, ...]:
    if deed:
        return _SENSES.get(deed.tool, (deed.tool,))
    match meaning:
        case Roleplay(manner):
            return (manner,)
        case Answer():
            return ("examine", "read", "show")
        case Impossible():
            return ("cannot",)
    return ()


def _as_chosen(
    candidate: Candidate, type_: str, phrased: Evidence, heard: Evidence, said: Said
) -> Iterator[tuple[str, float]]:
    """Evidence of how far what was chosen without a ranking is to be trusted."""
    meaning = candidate.meanings[0]
    match meaning:
        case Deed(tool):
            detail = tool
        case Roleplay(manner):
            detail = manner
        case Impossible():
            detail = _reason(meaning)
        case Answer(subject):
            detail = subject
        case _:
            detail = ""
    yield "B", 1.0
    yield f"B:{type_}:{detail}", 1.0
    yield f"B:{type_}:v{int(bool(said.first_senses))}", 1.0
    yield "Blp", phrased["lp"]
    yield f"Blp:{type_}", phrased["lp"]
    yield f"Bs:{type_}", candidate.score
    yield f"Btopk:{type_}", 0.0 if "top" in phrased or not said.guesses else said.guesses[0].sure
    yield f"Bleft:{type_}", heard[f"left:{type_}"]
    yield f"Bnleft:{type_}", heard[f"nleft:{type_}"]
    yield from ((f"B:{type_}&{flag}", 1.0) for flag in said.flags)
