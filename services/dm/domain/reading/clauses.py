"""An action in clauses: one verb each, in order, with what is negated, asked, conditional or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.corrections import corrects, denies, negation, split_correction, starts, trim
from services.dm.domain.reading.english.function_words import (
    CONDITIONS,
    CORRECTIONS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
)
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.leads import lead_off
from services.dm.domain.reading.retracting import in_place, without_what_is_taken_back
from services.dm.domain.reading.sentences import sentences_of, split_quotations
from services.dm.domain.reading.subordinates import (
    ClausePart,
    arrange,
    count_fronted,
    drop_introduction,
    is_cut_before,
    subordinator,
    trails,
)
from services.dm.domain.reading.verbs import PARTICLES, begins_with_verb, hear

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
_SIDES = [[word, "right"] for word in ("the", "my", "its", "to", "on")]
_AFTER_WH = word_set("much many far long big")
_STRAYS = word_set("again")


Begins = Callable[[Sequence[str]], bool]


def clauses_of(words: Sequence[str], begins: Begins, names: Begins = lambda words: False) -> tuple[Clause, ...]:
    """The clauses of an action's tokens. `begins` tells whether words begin a deed of their own that is no verb of the
    lexicon (the name of an ability, somebody addressed), `names` whether they name a thing though they are a verb."""
    clauses: list[Clause] = []
    for sentence, mark, label in sentences_of(words):
        spoken, rest = split_quotations(sentence)
        parts = arrange(_first_things_first(_parts(rest, begins, names)), _is_question, mark == "?")
        last = max((number for number, part in enumerate(parts) if not part.context), default=len(parts) - 1)
        about = tuple(word for part in parts if part.context for word in part.words)
        for number, part in enumerate(parts):
            ends = number == last
            clause = _clause(len(clauses), part, mark if ends else "", spoken if ends else ())
            if clause.question and not part.context:
                clause = replace(clause, about=(*(label or ()), *about))
            is_label = label is None and not clause.spoken
            clauses.append(replace(clause, context=clause.context or is_label))
    return _conditions(in_place(without_what_is_taken_back(clauses)))


def _parts(words: list[str], begins: Begins, names: Begins) -> list[list[str]]:
    """Cut at "then", and at a comma or "and" where a deed of its own begins."""
    parts: list[list[str]] = [[]]
    at = 0
    while at < len(words):
        size = _then(words, at, parts[-1])
        if size:
            parts.append([])
            at += size
        elif parts[-1] and words[at - 1] not in _QUOTING and (corrects(words, at) or denies(words, at)):
            parts.append([words[at]])
            at += 1
        elif parts[-1] and _only_watches(words, at):
            break
        elif _runs_on(words, at, parts[-1]) or (words[at] != "," and is_cut_before(words, at, parts[-1])):
            parts.append([words[at]])
            at += 1
        elif (
            trails(words, at)
            or is_cut_before(words, at, parts[-1])
            or (
                words[at] in (",", "and", "but")
                and not (parts[-1] and names(words[at + 1 :]))
                and _begins(words[at + 1 :], begins, parts[-1])
            )
            or (_is_negated(parts[-1]) and _stands_instead(words, at))
        ):
            parts.append([])
            at += 1
        else:
            parts[-1].append(words[at])
            at += 1
    found = [part for part in map(trim, parts) if part]
    while len(found) > 1 and len(found[-1]) == 1 and found[-1][0] in _POLITE:
        found.pop()
    return found or [[]]


_QUOTING = word_set("say says said")
"""Verbs behind which a no is what somebody says: "the box everyone says do not open"."""
_POLITE = word_set("please pls plz kindly")
"""Words at the end of a sentence that say nothing."""


def _runs_on(words: list[str], at: int, part: list[str]) -> bool:
    """ "buy brush go alley": a plain imperative after a noun, with nothing to join them."""
    if words[at] not in _IMPERATIVES or len(part) < 2 or at + 1 >= len(words):
        return False
    spoken = part[0] in _SPEAKING or not (subordinator(part) or begins_with_verb(part))
    binding = _BINDING - PARTICLES if subordinator(part) else _BINDING
    return not spoken and words[at - 1] not in binding and words[at + 1] not in _GOES_ON


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
    return words[at] == "," or rest[0] in DETERMINERS or begins_with_verb(rest)


_AFTER_A_NO = word_set(", just only instead rather the")
_WATCHING = word_set("see watch hope")
_WHETHER = word_set("if whether what how that")


def _then(words: list[str], at: int, part: list[str]) -> int:
    """Count of words that join two clauses here. "Before i" only does behind a deed: else it begins what is no deed."""
    joint = next((then for then in _BY_LENGTH if tuple(words[at : at + len(then)]) == then), ())
    alone = joint[:1] == ("before",) and (not drop_introduction(part) or _is_question(part) or len(words) <= at + 3)
    return 0 if alone else len(joint)


_BY_LENGTH = tuple(sorted(_THEN, key=len, reverse=True))


def _is_question(words: Sequence[str]) -> bool:
    bare = lead_off(trim(list(words)))[1]
    return _asks(bare[count_fronted(bare) :], "")


def _begins(words: list[str], begins: Begins, before: list[str]) -> bool:
    words = trim(words)
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
    return begins_with_verb(bare) and bare[0] not in PREPOSITIONS


def _clause(position: int, part: ClausePart, mark: str, spoken: tuple[str, ...]) -> Clause:
    words = part.words
    said = tuple(words)
    bare = trim(list(words))
    correction, bare = split_correction(bare, position)
    ahead = position == 0 and bare[:2] in (["before", "i"], ["before", "we"])
    conditional = ahead or (bool(bare) and bare[0] in CONDITIONS and bare[:2] != ["once", "more"])
    negated, bare = negation(bare)
    request, bare, led = lead_off(bare)
    if not negated:
        negated, bare = negation(bare)
    bare = bare[count_fronted(bare) :]
    if bare[:1] == ["free"] and len(bare) > 1 and bare[1] not in DETERMINERS | PRONOUNS:
        bare = bare[1:]  # "free cream": that costs nothing, and nobody is freed
    if bare[:1] == ["go"] and bare[1:2] != ["get"] and begins_with_verb(bare[1:], ("attack",)):
        bare = bare[1:]
    question = _asks(bare, mark) and (not led or _tagged(bare)) and not part.waits
    conditional = (conditional or part.waits) and not part.context
    return Clause(
        position, tuple(bare), said, question, request, negated, conditional, correction, led, spoken, mark == "?",
        part.context, called=mark == "!",
    )  # fmt: skip


"""How a clause begins that says of a deed that it is not done yet."""


def _asks(words: Sequence[str], mark: str) -> bool:
    if not words:
        return mark == "?"
    first, second = words[0], words[1] if len(words) > 1 else ""
    if list(words) == ["why", "not"] and mark != "?":
        return False
    if first == "any" and second and second not in ("way", "more"):
        return True
    if first == "got" and second in ("any", "anything", "some", "something", "a", "an", "more"):
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
    if list(words[-2:]) in _SIDES:
        return False
    return any(tuple(words[-len(tag) :]) == tag for tag in _TAGS if len(words) > len(tag) + 1)


def _first_things_first(parts: list[list[str]]) -> list[list[str]]:
    """ "run, but grab the change first": what is said to come first does."""
    if len(parts) == 2 and len(parts[1]) > 2 and parts[1][-1] == "first" and parts[0][-1] != "first":
        return [parts[1][:-1], parts[0]]
    return parts


def _conditions(clauses: list[Clause]) -> tuple[Clause, ...]:
    """The clauses; one that follows an "if" waits with it."""
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
