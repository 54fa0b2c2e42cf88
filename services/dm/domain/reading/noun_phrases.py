"""Taking a noun phrase apart: what it is called, and its pronoun, ordinal, superlative, number, *everything*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import (
    CARDINALS,
    DETERMINERS,
    EVERYTHING,
    FILLERS,
    ORDINALS,
    PREPOSITIONS,
    PRONOUNS,
    SUPERLATIVES,
)
from services.dm.domain.reading.english.thesaurus import SYNONYMS

_DISTANCE = word_set("other another left right last latter remaining nearest nearby closest nearer closer")
_EMPTY_HEADS = word_set("thing stuff one something anything item place room area spot")
_SILENT = (
    DETERMINERS | EVERYTHING | PRONOUNS | PREPOSITIONS | FILLERS | _DISTANCE | _EMPTY_HEADS | CARDINALS.keys()
    | {"both", "'s", ",", "number", "no", "which", "do", "does"}
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A noun phrase taken apart."""

    content: tuple[str, ...]
    pronoun: str = ""
    ordinal: int = 0
    other: str = ""
    superlative: str = ""
    every: bool = False
    quantity: int = 1
    text: str = ""


def take_apart(words: Sequence[str], measured: bool = True) -> Phrase:
    """Take a phrase apart; unless it is `measured`, a superlative is a word like any other. Asked of the same words for
    every kind of thing that they may name."""
    return _take_apart(tuple(words), measured)


@lru_cache(maxsize=1_024)
def _take_apart(said: tuple[str, ...], measured: bool) -> Phrase:
    text, words = " ".join(said), list(said)
    if words[:1] in (["whichever"], ["whoever"]):
        words = [word for word in words[1:] if word not in _VAGUE]
    superlative, words = _superlative(words) if measured else ("", words)
    every = bool(EVERYTHING & set(words)) or "both" in words
    counted = [] if _is_one_of(words) else words
    quantity = next((_NUMBERS[word] for word in counted if word in _NUMBERS), 1)
    ordinal = next((ORDINALS[w.lstrip("#")] for w in counted if w.lstrip("#") in ORDINALS and w != "one"), 0)
    other = next((word for word in words if word in _DISTANCE), "")
    pronoun = next((word for word in words if word in PRONOUNS), "")
    if every:
        words = words[
            : next((at for at, word in enumerate(words) if word in ("that", "which", "not", "i") and at), len(words))
        ]
    content = tuple(word for word in words if word not in _SILENT and not is_adverb(word))
    content = tuple(w for w in content if not w.isdigit() or w in ORDINALS) or content
    return Phrase(content, pronoun, ordinal, other, superlative, every, quantity, text)


_NUMBERS = CARDINALS | {"both": 2}


_VAGUE = word_set("is are was looks seems of one git sod bastard bugger bloke thing critter beast bozo idiot jerk punk")
"""Words after "whichever" by which nobody can be told apart."""


def _is_one_of(words: Sequence[str]) -> bool:
    """ "one of my two creams" is one."""
    return list(words[:2]) == ["one", "of"]


def is_adverb(word: str) -> bool:
    """ "closely": how it is done, and nothing that it is done to."""
    return word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS and word not in SYNONYMS


_NO_ADVERBS = word_set("jelly belly family reply supply bully holly ally molly dolly billy lily rally")


def _superlative(words: list[str]) -> tuple[str, list[str]]:
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            if measure := SUPERLATIVES.get(" ".join(words[at : at + size])):
                return measure, words[:at] + words[at + size :]
    return "", words
