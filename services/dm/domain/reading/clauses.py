"""An action in clauses: one verb each, in order, with what is negated, asked, conditional or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.dm.domain.reading.english.function_words import (
    CONDITIONS,
    CORRECTIONS,
    DETERMINERS,
    LEADS,
    NEGATIONS,
    PREPOSITIONS,
    REQUESTS,
)
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.english.word_set import word_set
from services.dm.domain.reading.lexing import MARKS
from services.dm.domain.reading.verbs import hear

_ENDS = frozenset(".;:!?")
_THEN = (
    ("and", "then"),
    ("after", "that"),
    ("and", "after", "that"),
    ("afterwards",),
    ("then",),
    ("before", "i"),
    ("followed", "by"),
)
_ASKED_OF = word_set(
    """i you he she it we they there this that the a an my his her your any anyone anybody someone somebody its these
    those"""
)
_TAGS = (
    ("right",),
    ("do", "they"),
    ("does", "it"),
    ("is", "it"),
    ("are", "they"),
    ("do", "i"),
    ("am", "i"),
    ("is", "not", "it"),
    ("do", "not", "they"),
    ("did", "it"),
)
_AFTER_WH = word_set("much many far long big")
_BY_FIRST_LEAD = {
    first: tuple(phrase for phrase in LEADS if phrase[0] == first) for first in {phrase[0] for phrase in LEADS}
}
_BY_FIRST_REQUEST = {
    first: tuple(phrase for phrase in REQUESTS if phrase[0] == first) for first in {phrase[0] for phrase in REQUESTS}
}
_STRAYS = word_set("again")


@dataclass(frozen=True)
class Clause:
    """`words`: without what only leads in. `position`: the number of the clause in the action."""

    position: int
    words: tuple[str, ...]
    said: tuple[str, ...] = ()
    question: bool = False
    request: bool = False
    negated: bool = False
    conditional: bool = False
    correction: bool = False
    led: bool = False
    """Whether the cat itself was named as the one who does it."""
    spoken: tuple[str, ...] = ()
    marked: bool = False
    """Whether a question mark ends it."""

    @property
    def text(self) -> str:
        return " ".join(self.said)


Begins = Callable[[Sequence[str]], bool]


def clauses_of(words: Sequence[str], begins: Begins) -> tuple[Clause, ...]:
    """The clauses of an action's tokens. `begins` tells whether words begin a deed of their own that is no verb of the
    lexicon (the name of an ability, somebody addressed)."""
    clauses: list[Clause] = []
    for sentence, mark in _sentences(_once(words)):
        spoken, rest = _unquoted(sentence)
        parts = _first_things_first(_parts(rest, begins))
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            clause = _clause(len(clauses), part, mark if last else "", spoken if last else ())
            clauses.append(clause)
    return _conditions(_taken_back(clauses))


def _once(words: Sequence[str]) -> list[str]:
    """ "run run run" is "run"."""
    return [word for at, word in enumerate(words) if not at or word != words[at - 1] or word.isdigit()]


def _sentences(words: Sequence[str]) -> list[tuple[list[str], str]]:
    sentences: list[tuple[list[str], str]] = []
    current: list[str] = []
    quoted = False
    for word in words:
        quoted ^= word == '"'
        if (word in _ENDS or word in "()") and not quoted:
            if current:
                sentences.append((current, word))
            current = []
        else:
            current.append(word)
    return [*sentences, (current, "")] if current else sentences


def _unquoted(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """What is said in quotation marks, and the rest."""
    if words.count('"') < 2:
        return (), [word for word in words if word not in '"()']
    spoken: list[str] = []
    rest: list[str] = []
    quoted = False
    for word in words:
        if word == '"':
            quoted = not quoted
        else:
            (spoken if quoted else rest).append(word)
    return tuple(word for word in spoken if word not in MARKS), [word for word in rest if word not in "()"]


def _parts(words: list[str], begins: Begins) -> list[list[str]]:
    """Cut at "then", and at a comma or "and" where a deed of its own begins."""
    parts: list[list[str]] = [[]]
    at = 0
    while at < len(words):
        size = _then(words, at)
        if size:
            parts.append([])
            at += size
        elif parts[-1] and _corrects(words, at):
            parts.append([words[at]])
            at += 1
        elif words[at] in (",", "and", "but") and _begins(words[at + 1 :], begins, parts[-1]):
            parts.append([])
            at += 1
        else:
            parts[-1].append(words[at])
            at += 1
    trimmed = [_trimmed(part) for part in parts]
    return [part for part in trimmed if part] or [[]]


def _corrects(words: list[str], at: int) -> bool:
    """A correction in the middle of a sentence: "hit it no wait, the other"."""
    return any(
        len(phrase) > 1 and phrase[0] in ("no", "wait", "scratch") and _starts(words[at:], phrase)
        for phrase in CORRECTIONS
    )


def _then(words: list[str], at: int) -> int:
    return next(
        (len(then) for then in sorted(_THEN, key=len, reverse=True) if tuple(words[at : at + len(then)]) == then), 0
    )


def _begins(words: list[str], begins: Begins, before: list[str]) -> bool:
    words = _trimmed(words)
    if not words or not before:
        return bool(words)
    if (
        any(_starts(words, phrase) for phrase in (*NEGATIONS[:4], *CORRECTIONS))
        or words[0] in CONDITIONS
        or words[0] == "no"
    ):
        return True
    _, bare, led = lead_off(words)
    if led or begins(bare):
        return True
    if not bare or bare[0] in DETERMINERS or bare[0] in _STRAYS:
        return False
    if bare[0] in WH and {"ask", "tell", "asks", "see"} & set(before):
        return False
    if bare[0] in WH | AUXILIARIES and len(bare) > 2 and bare[1] in _ASKED_OF | AUXILIARIES | _AFTER_WH:
        return True
    return any(verb.sure == 1.0 for verb in hear(bare)) and bare[0] not in PREPOSITIONS


def _trimmed(words: list[str]) -> list[str]:
    at, end = 0, len(words)
    while at < end and words[at] in (",", "and", "but"):
        at += 1
    while end > at and words[end - 1] in (",", "and", "but"):
        end -= 1
    return words[at:end]


def lead_off(words: Sequence[str]) -> tuple[bool, list[str], bool]:
    """(whether leave is asked, the words after what leads in, whether the cat was named as the one who acts)."""
    rest, request, led = (
        [word for word in words if word != ","] if words and words[0] == "," else list(words),
        False,
        False,
    )
    moved = True
    while moved and rest:
        moved = False
        for phrase in _BY_FIRST_REQUEST.get(rest[0], ()):
            if _starts(rest, phrase):
                rest, request, moved, led = rest[len(phrase) :], True, True, True
                break
        best = (
            max((phrase for phrase in _BY_FIRST_LEAD.get(rest[0], ()) if _starts(rest, phrase)), key=len, default=())
            if rest
            else ()
        )
        if best and len(rest) > len(best) and not _is_sentence(rest, best):
            led |= best[0] in ("i", "we", "let", "my")
            rest, moved = rest[len(best) :], True
        while rest and rest[0] == ",":
            rest, moved = rest[1:], True
    return request, rest, led


def _is_sentence(words: Sequence[str], lead: tuple[str, ...]) -> bool:
    """ "i am the chosen one", "i will what": the lead is the whole predicate."""
    following = words[len(lead)]
    return lead == ("i", "am") and (
        following in DETERMINERS or following in PREPOSITIONS or following in ("not", "so", "very", "dead", "already")
    )


def _starts(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return len(words) >= len(phrase) and tuple(words[: len(phrase)]) == phrase


def _clause(position: int, words: list[str], mark: str, spoken: tuple[str, ...]) -> Clause:
    said = tuple(words)
    bare = _trimmed(list(words))
    correction, bare = _corrected(bare, position)
    conditional = bool(bare) and bare[0] in CONDITIONS
    negated, bare = _negated(bare)
    request, bare, led = lead_off(bare)
    if not negated:
        negated, bare = _negated(bare)
    question = _asks(bare, mark) and (not led or _tagged(bare))
    return Clause(
        position, tuple(bare), said, question, request, negated, conditional, correction, led, spoken, mark == "?",
    )  # fmt: skip


def _corrected(words: list[str], position: int) -> tuple[bool, list[str]]:
    for phrase in sorted(CORRECTIONS, key=len, reverse=True):
        if _starts(words, phrase) and (position or len(phrase) > 1):
            return True, _trimmed(words[len(phrase) :])
    if position and len(words) > 1 and words[0] == "no" and words[1] not in ("one", "wait", "business"):
        return True, _trimmed(words[1:])
    return False, words


def _negated(words: list[str]) -> tuple[bool, list[str]]:
    best = max((phrase for phrase in NEGATIONS if _starts(words, phrase)), key=len, default=())
    if not best or len(words) == len(best) or (best == ("no",) and len(words) < 2):
        return False, words
    if best in (("stop",), ("no",), ("nothing",), ("nobody",), ("cannot",)) and not hear(words[len(best) :]):
        return False, words
    return True, words[len(best) :]


def _asks(words: Sequence[str], mark: str) -> bool:
    if not words:
        return mark == "?"
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == "got" and second in ("any", "some", "a", "an", "more"):
        return True
    if first in WH or _tagged(words):
        return True
    if first in AUXILIARIES and (second in _ASKED_OF or (mark == "?" and len(words) > 1)):
        return True
    if (
        first in AUXILIARIES
        and first not in ("do", "does", "have", "will", "can", "any", "may", "must", "might")
        and len(words) > 2
    ):
        return True
    return mark == "?" and not hear(words)


def _tagged(words: Sequence[str]) -> bool:
    return any(tuple(words[-len(tag) :]) == tag for tag in _TAGS if len(words) > len(tag) + 1)


def _first_things_first(parts: list[list[str]]) -> list[list[str]]:
    """ "run, but grab the change first": what is said to come first does."""
    if len(parts) == 2 and len(parts[1]) > 2 and parts[1][-1] == "first" and parts[0][-1] != "first":
        return [parts[1][:-1], parts[0]]
    return parts


def _taken_back(clauses: list[Clause]) -> list[Clause]:
    """A correction stands in the place of the clause before it, and borrows its verb when it has none."""
    kept: list[Clause] = []
    for clause in clauses:
        if clause.correction and kept:
            before = kept.pop()
            clause = clause if hear(clause.words) or not clause.words else _borrowing(clause, before)
        kept.append(clause)
    return kept


def _borrowing(clause: Clause, before: Clause) -> Clause:
    verbs = [verb for verb in hear(before.words) if verb.sure == 1.0]
    if not verbs:
        return clause
    longest = max(verbs, key=lambda verb: verb.length)
    return replace(clause, words=(*before.words[: longest.length], *clause.words))


def _conditions(clauses: list[Clause]) -> tuple[Clause, ...]:
    """What follows an "if" waits with it."""
    found: list[Clause] = []
    for at, clause in enumerate(clauses):
        waits = at > 0 and clauses[at - 1].conditional and not clauses[at - 1].question and not clause.question
        found.append(replace(clause, conditional=True) if waits else clause)
    return tuple(found)
