"""Subordinate clauses: what only tells when, why or under which condition something is done or asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import CONDITIONS, DETERMINERS, PREPOSITIONS, SUBJECTS, TAILS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.verbs import PARTICLES, begins_with_verb, is_verb

_CAUSES = word_set("while whilst because since though although until till whereas")
"""Words whose clause is context of whatever stands beside it."""
_LONGER = {
    ("as", "long", "as"): "if", ("as", "soon", "as"): "if", ("even", "if"): "if",
    ("even", "though"): "though", ("now", "that"): "since",
}  # fmt: skip
"""Openings of a subordinate clause with several words, and the one word each is like."""
_TIMES = word_set("before after")
_INTRODUCING = word_set("and but so ok okay well oh hmm right also , yes hey hi um uh")
_PERSONS = word_set("i we you he she it they")
_BEGINNING = DETERMINERS | _PERSONS | WH | AUXILIARIES | word_set("there nobody everybody let lets please")
_REPORTING = word_set("know knows see ask tell wonder sure and or that")


@dataclass(frozen=True)
class ClausePart:
    """Words of a clause. `context`: whether they are neither done nor answered; `waits`: whether they are a condition
    and no question."""

    words: list[str]
    context: bool = False
    waits: bool = False


def drop_introduction(words: Sequence[str]) -> Sequence[str]:
    """The words without what only joins them to what came before."""
    return words[next((at for at, word in enumerate(words) if word not in _INTRODUCING), len(words)) :]


def subordinator(words: Sequence[str]) -> str:
    """The word that makes a clause of these subordinate, or nothing."""
    bare = drop_introduction(words)
    if len(bare) < 2 or tuple(bare[:2]) in (("once", "more"), ("after", "that"), ("before", "that")):
        return ""
    if bare[0] in _CAUSES | _TIMES | CONDITIONS:
        return "" if bare[0] == "when" and bare[1] in AUXILIARIES else bare[0]
    return next((opened for phrase, opened in _LONGER.items() if tuple(bare[: len(phrase)]) == phrase), "")


def is_cut_before(words: Sequence[str], at: int, part: Sequence[str]) -> bool:
    """Whether the main clause begins here, with or without a comma, after a subordinate one."""
    opened = subordinator(part)
    if not opened:
        return False
    bare = drop_introduction(part)
    rest = words[at + 1 :]
    if words[at] == ",":
        return bool(rest) and (rest[0] in _BEGINNING or begins_with_verb(drop_introduction(rest)))
    if bare[-1] in (PREPOSITIONS - PARTICLES) | DETERMINERS | _PERSONS | _REPORTING | AUXILIARIES:
        return False
    if words[at] in AUXILIARIES and len(bare) > 2:
        return opened != "when" and rest[:1] != [] and rest[0] in _PERSONS | DETERMINERS and _has_predicate(bare)
    if words[at] in WH and words[at] not in ("who", "which") and len(bare) > 2:
        return _has_predicate(bare) or opened in _TIMES
    if words[at] not in SUBJECTS or opened in CONDITIONS:
        return False
    noun = opened in _TIMES and bare[1] in DETERMINERS
    return noun or (_has_predicate(bare) and begins_with_verb(rest))


def _has_predicate(bare: Sequence[str]) -> bool:
    """Whether a clause that begins with its subject has come to its verb."""
    return bare[1] in _PERSONS or any(word in AUXILIARIES or is_verb(word) for word in bare[2:])


def trails(words: Sequence[str], at: int) -> bool:
    """A subordinate clause behind a comma: ", while she is looking at the gulls"."""
    opened = subordinator(words[at + 1 :]) if words[at] == "," else ""
    return opened in _CAUSES and bool(opened)


def count_fronted(words: Sequence[str]) -> int:
    """The number of words before the question word of a question that begins with a preposition: "to whom must i bring
    it", "on success what will it do"."""
    if not words or words[0] not in PREPOSITIONS - TAILS or "," in words[:_FARTHEST]:
        return 0
    ahead = words[1:2] if words[1:2] and words[1] in WH else words[1:_FARTHEST]
    return next((at for at, word in enumerate(ahead, 1) if word in WH and (at == 1 or word in _ASKING)), 0)


_ASKING = word_set("what how why which")
_FARTHEST = 7


def arrange(parts: Sequence[list[str]], asks: Callable[[Sequence[str]], bool], marked: bool) -> list[ClausePart]:
    """The clauses of a sentence, each with whether it is context, in the order in which they are meant. `asks` tells
    whether words are a question by themselves."""
    kinds = [subordinator(part) for part in parts]
    asked = any(asks(part) or (marked and at == len(parts) - 1) for at, part in enumerate(parts) if not kinds[at])
    found: list[ClausePart] = []
    later: list[ClausePart] = []
    for part, opened in zip(parts, kinds, strict=True):
        bare = list(drop_introduction(part))
        if not opened and asked and not asks(part) and bare[:1] and bare[0] in PREPOSITIONS and part is not parts[-1]:
            found.append(ClausePart(part, context=True))
        elif not opened:
            found.append(ClausePart(part))
        elif opened in _TIMES:
            own = _own_deed(bare[1:], opened)
            where = later if own and opened == "before" and not asked else found
            where.append(ClausePart(own or part, asked or not own))
        elif opened in CONDITIONS and not (asked or len(parts) == 1):
            found.append(ClausePart(part, waits=True))
        else:
            found.append(ClausePart(part, opened in _CAUSES or opened == "though" or len(parts) > 1))
    return [*found, *later]


def _own_deed(words: list[str], opened: str) -> list[str]:
    """The deed of one's own in a clause behind "before" or "after": "leaving by the gate", "i eat"; nothing when it is
    none, or no more than that one goes."""
    own = words[1:] if words[0] in SUBJECTS else words if words[0].endswith("ing") and is_verb(words[0]) else []
    return own if opened == "after" or len(own) > 1 else []
