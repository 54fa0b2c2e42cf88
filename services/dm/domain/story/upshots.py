"""Upshots: what came of a deed, as a whole clause or sentence says it, against the throws and falls of the turn."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.figures import read_figures
from services.dm.domain.story.licences import BLOWS, CAT, FOE, licence_of
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.vocabulary import is_of, plain_words, root

_AGAINST = "against"
_GOES = frozenset(map(root, word_set("go lose take cost give")))
_LEFT = word_set("left remain remains still of nine makes leaves")
_FALLS = frozenset(map(root, word_set("fall drop")))
_NOT_DOWN = word_set("back behind asleep silent short in into for on upon over under")
_SO = word_set("so likewise neither nor ditto")
_NOBODY = word_set("nobody none neither nothing")
_IS = word_set("is are was were has have")
_THAT = word_set("that it this which")
_THROUGH = word_set("through past home")
_PAST_IT = word_set("over past wide by under")
_FEELS = word_set("feel feels felt")
_IT = word_set("it that this every them both")
_TRIES = word_set("tries try trying tried")
_TOO = word_set("too enough")
_WASTED = word_set("wasted vain useless")
_NONE = word_set("none nothing")
_ANOTHER = word_set("third fourth fifth another new")


def check_upshot(clause: Clause, borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """Raises Unverified for a clause that tells of a fact that it came out otherwise, or of somebody else as well."""
    words = [token.word for token in clause.tokens if not (token.compared or token.idle)]
    before = next((facts for _, facts in reversed(reading.clauses[:-1]) if facts), ())
    _check_throw(clause, reading)
    _check_lives(clause, words)
    _check_fall(clause, words, borne)
    _check_others(clause, words, borne, before, reading)
    _check_end(clause, words, borne, reading.known)
    _check_denied(clause, words, reading, before)
    _check_blows(clause, words, borne, reading)


def _check_throw(clause: Clause, reading: SentenceRead) -> None:
    """The throw stands before "against", and the figure that it had to reach behind it."""
    words = [token.word for token in clause.tokens]
    for at, word in enumerate(words):
        if word != _AGAINST or not at or (not words[at - 1].isdigit() and not is_numeral(words[at - 1])):
            continue
        figures = [each.value for each in read_figures(clause)]
        pairs = {
            (int(fact.happening.parts["total"]), int(fact.happening.parts["target"]))
            for fact in reading.known.facts
            if "total" in fact.happening.parts and fact.happening.parts.get("target", "").lstrip("-").isdigit()
        }
        said = tuple(pairwise(figures))
        if said and not set(said) & pairs and any(pair[::-1] in pairs for pair in said):
            raise Unverified("figure", word)


def _check_lives(clause: Clause, words: list[str]) -> None:
    """One life is lost at a time."""
    if not any(root(word) in _GOES for word in words) or _LEFT.intersection(words):
        return
    for figure in read_figures(clause):
        if figure.unit == "lives" and figure.value != 1 and not figure.whole:
            raise Unverified("figure", figure.words)


def _check_fall(clause: Clause, words: list[str], borne: tuple[TurnFact, ...]) -> None:
    """An enemy that falls is down: not back, behind or on its feet."""
    if not any(fact.kind == "foe-falls" for fact in borne):
        return
    for word, after in pairwise(words):
        if root(word) in _FALLS and after in _NOT_DOWN:
            raise Unverified("enemy-state", after)


def _check_others(
    clause: Clause, words: list[str], borne: tuple[TurnFact, ...], before: tuple[TurnFact, ...], reading: SentenceRead
) -> None:
    """A deed of one is a deed of another by a fact of its own."""
    foes = [one for one in clause.named if one.role == FOE]
    verbs = [word for word in words if root(word) not in plain_words()]
    likewise = bool(_SO.intersection(words)) or (words[:1] == ["and"] and not verbs and not _IS.intersection(words))
    if foes and not borne and likewise and before and not any(_has(before, foe.name.casefold()) for foe in foes):
        raise Unverified("enemy-state", foes[-1].name)
    if foes and words[:1] == ["and"] and len(reading.clauses) > 1 and _is_you(reading.clauses[-2][0]):
        raise Unverified("enemy-state", foes[-1].name)
    rest = words[1:] if words[:1] == ["and"] else words
    if rest[:1] in (["a"], ["another"]) and _ANOTHER.intersection(rest[:2]) and any(f.kind in BLOWS for f in before):
        raise Unverified("stranger", rest[1] if len(rest) > 1 else rest[0])


def _is_you(clause: Clause) -> bool:
    return [token.word for token in clause.tokens] == ["you"]


def _check_end(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Nobody comes to an end, and none is left alone, but by a fall."""
    fell = any(fact.kind in ("foe-falls", "won", "you-fall") for fact in known.facts)
    ends = bool(_THAT.intersection(words[:2])) and (("end", "of") in pairwise(words) or "undoing" in words)
    if known.standing and not fell and ends and not clause.named:
        raise Unverified("enemy-state", "end")
    if ("one", "of") in pairwise(words) and "left" in words and known.standing > 1:
        raise Unverified("enemy-state", "left")


def _has(facts: tuple[TurnFact, ...], foe: str) -> bool:
    return any(fact.happening.parts.get("foe", "").casefold() == foe for fact in facts)


def _check_denied(clause: Clause, words: list[str], reading: SentenceRead, before: tuple[TurnFact, ...]) -> None:
    """A fact is not denied: that nobody fell where somebody did, that nothing came through where a blow hit,
    or, behind what was told, that it did not."""
    facts = reading.known.facts
    if _NOBODY.intersection(words[:3]):
        fell = any(fact.kind in ("foe-falls", "you-fall") for fact in facts)
        if fell and any(root(word) in _FALLS for word in words):
            raise Unverified("enemy-state", words[0])
        hit = any(fact.kind == "foe-hits" for fact in facts)
        if hit and _THROUGH.intersection(words):
            raise Unverified("verdict", words[0])
    bare = all(root(word) in plain_words() for word in words)
    if clause.denies and bare and before and words[-1:] == ["not"]:
        raise Unverified("denial", "not")


def _check_blows(clause: Clause, words: list[str], borne: tuple[TurnFact, ...], reading: SentenceRead) -> None:
    """A blow that hit does not go over or past anybody; who was missed feels nothing; who was outrun has nobody."""
    own = [fact for fact in reading.known.facts if fact.kind == "strike"]
    hit = bool(own) and all("hit" in licence_of(fact).sections for fact in own)
    aimed = any(one.role == FOE for one in clause.named)
    if (
        hit
        and aimed
        and clause.role != FOE
        and _PAST_IT.intersection(words)
        and not any(is_of("hit", w) for w in words)
    ):
        raise Unverified("verdict", next(word for word in words if word in _PAST_IT))
    theirs = [fact for fact in reading.known.facts if fact.kind in BLOWS and fact.kind != "strike"]
    missed = any("hit" not in licence_of(fact).sections for fact in theirs)
    if "you" in words and missed and any(f in _FEELS and after in _IT for f, after in pairwise(words)):
        raise Unverified("verdict", "feel")
    if clause.role == CAT and aimed and not borne and _TOO.intersection(words):
        raise Unverified("verdict", "too")
    if hit and _WASTED.intersection(words) and not clause.denies:
        raise Unverified("verdict", "wasted")
    gave = any(fact.kind in ("opened", "key-opens") for fact in reading.known.facts)
    if gave and not borne and clause.denies and _NONE.intersection(words):
        raise Unverified("verdict", "none")
    if clause.role == FOE and ("has", "you") in pairwise(words):
        raise Unverified("enemy-state", "has")
    if clause.role == FOE and _TRIES.intersection(words) and any(fact.kind == "cut-off" for fact in borne):
        raise Unverified("verdict", "tries")
