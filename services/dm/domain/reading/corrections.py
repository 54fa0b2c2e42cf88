"""Corrections and negations: what is taken back, and what is named to stand in its place."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.reading.english.function_words import CORRECTIONS, NEGATIONS
from services.dm.domain.reading.english.questions import AUXILIARIES
from services.dm.domain.reading.verbs import hear

_NEEDS_A_VERB = (("stop",), ("no",), ("nothing",), ("nobody",), ("cannot",))
_BY_LENGTH = tuple(sorted(CORRECTIONS, key=len, reverse=True))
_IN_THE_MIDDLE = tuple(each for each in CORRECTIONS if len(each) > 1 and each[0] in ("no", "wait", "scratch"))


def starts(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return bool(words) and words[0] == phrase[0] and tuple(words[: len(phrase)]) == phrase


def trim(words: list[str]) -> list[str]:
    """The words without what joins them to others."""
    at, end = 0, len(words)
    while at < end and words[at] in (",", "and", "but"):
        at += 1
    while end > at and words[end - 1] in (",", "and", "but"):
        end -= 1
    return words[at:end]


def split_correction(words: list[str], position: int) -> tuple[bool, list[str]]:
    """Whether the words correct what was said before, and what they put in its place."""
    for phrase in _BY_LENGTH:
        if starts(words, phrase) and (position or len(phrase) > 1):
            return True, trim(words[len(phrase) :])
    lacks = "no" in words[2:3] or "no" in words[3:4]  # "no key no hatch"
    if position and len(words) > 1 and words[0] == "no" and words[1] not in _NOT_TAKEN_BACK and not lacks:
        return True, trim(words[1:])
    return False, words


def corrects(words: list[str], at: int) -> bool:
    """A correction in the middle of a sentence: "hit it no wait, the other"."""
    return any(words[at] == phrase[0] and starts(words[at:], phrase) for phrase in _IN_THE_MIDDLE)


def negation(words: list[str]) -> tuple[bool, list[str]]:
    """Whether the words begin with a no, and what it is said of."""
    best = max((phrase for phrase in NEGATIONS if starts(words, phrase)), key=len, default=())
    if not best or len(words) == len(best) or (best == ("no",) and len(words) < 2):
        return False, words
    if best[-1:] == ("not",) and words[len(best) : len(best) + 2] == ["forget", "to"]:
        return False, words[len(best) + 2 :]
    if best in _NEEDS_A_VERB and not hear(words[len(best) :]):
        return False, words
    return True, words[len(best) :]


def denies(words: list[str], at: int) -> bool:
    """A no in the middle of a sentence: "puff up dont attack", "the jelly not the ink"."""
    if words[at - 1] in _SUBJECTS:
        return False
    if words[at : at + 2] == ["do", "not"]:
        return len(words) > at + 2
    return words[at] == "not" and words[at - 1] not in AUXILIARIES and words[at + 1 : at + 2] in _POINTERS


_NOT_TAKEN_BACK = frozenset(
    [
        "one",
        "wait",
        "business",
        "thanks",
        "thank",
        "way",
        "need",
        "idea",
        "problem",
        "worries",
        "doubt",
        "matter",
        "more",
        "hurry",
        "rush",
    ]
)
_SUBJECTS = frozenset(["i", "you", "we", "they", "he", "she", "it", "that", "which", "who"])
_POINTERS = [[word] for word in ["the", "that", "this", "my"]]
