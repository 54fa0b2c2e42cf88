"""Sentences put together from parts, so that a long story does not say the same thing twice.

A pool holds every combination of its parts. Walking it by a stride that shares no factor with its size visits
each combination once before any comes again, and because each choice turns the one before it, neighbours look
nothing alike. Chance would repeat itself: among 1,000 sentences, 100 draws hold a pair with a probability above
99 per cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from math import gcd, prod

from services.dm.domain.english.word_lists import word_set

GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class SentencePool:
    """Parts of a sentence, each with its choices; `pattern` joins one of each.

    `draws` is how often one turn may draw before it reaches into the next turn's share: nothing comes again for
    `size // draws` turns.
    """

    pattern: str
    parts: tuple[tuple[str, ...], ...]
    draws: int = 1

    @property
    def size(self) -> int:
        """How many different sentences there are."""
        return prod(map(len, self.parts))

    def at(self, place: int) -> str:
        """The sentence at this place of the walk."""
        rest = (place * self._stride()) % self.size
        chosen: list[str] = []
        turned = 0
        for choices in reversed(self.parts):
            rest, index = divmod(rest, len(choices))
            turned += index
            chosen.append(choices[turned % len(choices)])
        sentence = self.pattern.format(*reversed(chosen))
        return sentence[:1].upper() + sentence[1:]

    def _stride(self) -> int:
        stride = max(1, round(self.size * GOLDEN))
        while gcd(stride, self.size) != 1:
            stride += 1
        return stride


def split_parts(*lists: str) -> tuple[tuple[str, ...], ...]:
    """Parts from lists whose choices stand on lines of their own or between bars."""
    rows = (one.replace("\n", "|").split("|") for one in lists)
    return tuple(tuple(choice.strip() for choice in row if choice.strip()) for row in rows)


class Voice:
    """The teller of one turn: draws from pools at places that follow from campaign and turn number alone."""

    def __init__(self, campaign_id: str, number: int) -> None:
        self._origin = int.from_bytes(sha256(campaign_id.encode()).digest()[:4])
        self._number = number
        self._drawn: dict[int, int] = {}

    def says(self, pool: SentencePool) -> str:
        """The next sentence of this pool."""
        drawn = self._drawn.get(id(pool), 0)
        self._drawn[id(pool)] = drawn + 1
        return pool.at(self._origin + self._number * pool.draws + drawn)


def weave(lead: str, facts: tuple[str, ...]) -> str:
    """Facts told as one sentence that begins with a lead: "A whisker later, the rat flees; you are alone." """
    told = "; ".join(lower_opening(fact.strip().removesuffix(".")) for fact in facts if fact.strip())
    return f"{lead}{told}" + ("" if told.endswith(("!", "?", "…", '."', ".”", '!"', "!”", '?"', "?”")) else ".")


_ORDINARY = word_set(
    "a all an and any at behind but every everything from he her here his if in inside it its near no nobody not"
    " nothing on one only outside she some somebody someone something that the their there they this under when with"
    " you your"
)


def lower_opening(sentence: str) -> str:
    """The sentence as it reads inside another: a small first letter, unless it begins with a name."""
    first = sentence.split(maxsplit=1)[0] if sentence.split() else ""
    return sentence[:1].lower() + sentence[1:] if first.strip(",'’").casefold() in _ORDINARY else sentence


def join_names(names: tuple[str, ...], last: str = "and") -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
