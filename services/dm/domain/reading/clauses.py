"""An action in clauses: one verb each, in order, with what is negated, asked, conditional or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause as Clause
from services.dm.domain.reading.corrections import corrected, corrects, denies, negation, starts, trimmed
from services.dm.domain.reading.english.function_words import (
    CONDITIONS,
    CORRECTIONS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
)
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.lexing import MARKS
from services.dm.domain.reading.retracting import in_place, without_what_is_taken_back
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
_STRAYS = word_set("again")


Begins = Callable[[Sequence[str]], bool]


def clauses_of(words: Sequence[str], begins: Begins, names: Begins = lambda words: False) -> tuple[Clause, ...]:
    """The clauses of an action's tokens. `begins` tells whether words begin a deed of their own that is no verb of the
    lexicon (the name of an ability, somebody addressed), `names` whether they name a thing though they are a verb."""
    clauses: list[Clause] = []
    for sentence, mark in _sentences(_once(words)):
        spoken, rest = _unquoted(sentence)
        parts = _first_things_first(_parts(rest, begins, names))
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            clause = _clause(len(clauses), part, mark if last else "", spoken if last else ())
            clauses.append(clause)
    return _conditions(in_place(without_what_is_taken_back(clauses)))


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


def _parts(words: list[str], begins: Begins, names: Begins) -> list[list[str]]:
    """Cut at "then", and at a comma or "and" where a deed of its own begins."""
    parts: list[list[str]] = [[]]
    at = 0
    while at < len(words):
        size = _then(words, at) if at or words[0] != "before" else 0
        if size:
            parts.append([])
            at += size
        elif parts[-1] and (corrects(words, at) or denies(words, at)):
            parts.append([words[at]])
            at += 1
        elif parts[-1] and _only_watches(words, at):
            break
        elif _runs_on(words, at, parts[-1]):
            parts.append([words[at]])
            at += 1
        elif (
            words[at] in (",", "and", "but")
            and not (parts[-1] and names(words[at + 1 :]))
            and _begins(words[at + 1 :], begins, parts[-1])
        ) or (_is_negated(parts[-1]) and _stands_instead(words, at)):
            parts.append([])
            at += 1
        else:
            parts[-1].append(words[at])
            at += 1
    found = [trimmed(part) for part in parts]
    return [part for part in found if part] or [[]]


def _runs_on(words: list[str], at: int, part: list[str]) -> bool:
    """ "buy brush go alley": a plain imperative after a noun, with nothing to join them."""
    if words[at] not in _IMPERATIVES or len(part) < 2 or at + 1 >= len(words):
        return False
    spoken = part[0] in _SPEAKING or not any(verb.sure == 1.0 for verb in hear(part))
    return not spoken and words[at - 1] not in _BINDING and words[at + 1] not in _GOES_ON


_IMPERATIVES = word_set("buy sell go take grab get drop give equip wear eat drink stab throw leave enter")
_SPEAKING = word_set(
    "ask tell say order beg persuade convince make let help see want i can could would do does what how"
)
_BINDING = (
    DETERMINERS
    | PREPOSITIONS
    | AUXILIARIES
    | word_set("i you we they he she it him her them me us to not and then , please who never can go come try lets let")
)
_GOES_ON = word_set("of and")


def _only_watches(words: list[str], at: int) -> bool:
    """ "… and see if they chase it": what is hoped of a deed, and no deed."""
    ahead = words[at + 1 : at + 3]
    return words[at] in ("and", "to", ",") and len(ahead) == 2 and ahead[0] in _WATCHING and ahead[1] in _WHETHER


def _is_negated(part: list[str]) -> bool:
    """Whether a part begins with a no: then what follows its comma may stand in the place of what it takes back."""
    negated, _ = negation(part)
    return negated or negation(lead_off(part)[1])[0]


def _stands_instead(words: list[str], at: int) -> bool:
    rest = words[at + 1 :]
    if not rest or words[at] not in _AFTER_A_NO:
        return False
    if words[at] == "the":
        return rest[0] in ("other", "others")
    return words[at] == "," or rest[0] in DETERMINERS or any(verb.sure == 1.0 for verb in hear(rest))


_AFTER_A_NO = word_set(", just only instead rather the")
_WATCHING = word_set("see watch hope")
_WHETHER = word_set("if whether what how that")


def _then(words: list[str], at: int) -> int:
    return next(
        (len(then) for then in sorted(_THEN, key=len, reverse=True) if tuple(words[at : at + len(then)]) == then), 0
    )


def _begins(words: list[str], begins: Begins, before: list[str]) -> bool:
    words = trimmed(words)
    if not words or not before:
        return bool(words)
    if (
        any(starts(words, phrase) for phrase in (*NEGATIONS[:4], *CORRECTIONS))
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


def _clause(position: int, words: list[str], mark: str, spoken: tuple[str, ...]) -> Clause:
    said = tuple(words)
    bare = trimmed(list(words))
    correction, bare = corrected(bare, position)
    ahead = position == 0 and bare[:2] in (["before", "i"], ["before", "we"])
    conditional = ahead or (bool(bare) and bare[0] in CONDITIONS and bare[:2] != ["once", "more"])
    negated, bare = negation(bare)
    request, bare, led = lead_off(bare)
    if not negated:
        negated, bare = negation(bare)
    question = _asks(bare, mark) and (not led or _tagged(bare))
    return Clause(
        position, tuple(bare), said, question, request, negated, conditional, correction, led, spoken, mark == "?",
        called=mark == "!",
    )  # fmt: skip


def _asks(words: Sequence[str], mark: str) -> bool:
    if not words:
        return mark == "?"
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == "got" and second in ("any", "some", "a", "an", "more"):
        return True
    if first in WH or _tagged(words):
        return True
    if first == "have" and second in ("a", "an", "some") and mark != "?":
        return False  # "have a nap"
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


def _conditions(clauses: list[Clause]) -> tuple[Clause, ...]:
    """What follows an "if" waits with it."""
    found: list[Clause] = []
    for at, clause in enumerate(clauses):
        waits = (
            at > 0
            and clauses[at - 1].conditional
            and clauses[at - 1].said[0] != "before"
            and not clauses[at - 1].question
            and not clause.question
        )
        found.append(replace(clause, conditional=True) if waits else clause)
    return tuple(found)
