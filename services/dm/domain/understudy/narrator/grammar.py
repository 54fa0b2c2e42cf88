"""Sentences from pools: which of several ways to say a thing is told this turn, and how names stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from math import gcd

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.understudy.narrator.phrasebook import PHRASES, Pool

GOLDEN = 0.6180339887498949
"""Part of a pool between the sentences of two turns that follow each other."""
_HOLE = re.compile(r"\{(\w+)\}")
_OPENS = re.compile(r"(?:^|[.!?…] )[“\"]?$")
_ONE = re.compile(r"\b1 (credit|live|turn)s\b")
_SINGULAR = {"live": "life"}
_UNCOUNTED = word_set("one two three four five six seven eight nine ten")


class Voice:
    """The teller of one turn. What it draws follows from campaign, turn and what was told lately: nothing that the
    last stories hold, as long as a pool has something else."""

    def __init__(self, campaign_id: str, number: int, lately: Iterable[str] = ()) -> None:
        self._turn = int.from_bytes(sha256(campaign_id.encode()).digest()[:4]) + number
        self._lately = " ".join(lately).casefold()
        self._told: list[str] = []
        self._drawn: Counter[Pool] = Counter()
        self.settled: set[object] = set()
        """Questions that were answered and texts that were told: neither is told twice."""
        self.doubted: set[object] = set()
        """Questions that were quoted, for a doubt what was asked."""

    def says(self, what: str, /, **names: str | int) -> str:
        """One of the sentences that say this, with these names and figures in it."""
        template = self._fresh(PHRASES[what])
        self._told.append(template)
        return sentence(_fill(template, names))

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said in this turn yet."""
        return not self._told

    def is_new(self, text: str) -> bool:
        """Whether this text was not told yet in this turn; from now on it was."""
        new = text not in self.settled
        self.settled.add(text)
        return new

    def said(self, what: str) -> bool:
        """Whether this was said in this turn already, in whichever words."""
        return not set(PHRASES[what]).isdisjoint(self._told)

    def picks(self, lines: Sequence[str]) -> str:
        """One of these lines, as it is; nothing when each was told lately."""
        start = self._turn // 2
        turned = (lines[(start + step) % len(lines)] for step in range(len(lines)))
        fresh = next((line for line in turned if line.casefold() not in self._lately and line not in self._told), "")
        self._told.append(fresh)
        return fresh

    def remembers(self, text: str) -> bool:
        """Whether one of the last stories holds this."""
        return text.casefold() in self._lately

    def _fresh(self, pool: Pool) -> str:
        """The sentence whose turn it is; each comes once before any comes again, one step a turn."""
        start = self._turn * _stride(len(pool)) + self._drawn[pool]
        self._drawn[pool] += 1
        turned = [pool[(start + step) % len(pool)] for step in range(len(pool))]
        new = (each for each in turned if each not in self._told and not self._is_stale(each))
        return next(new, next((each for each in turned if each not in self._told), turned[0]))

    def _is_stale(self, template: str) -> bool:
        return _longest_of(template) in self._lately and bool(_frame_of(template).search(self._lately))


def _stride(size: int) -> int:
    """About the golden part of a pool, without a factor that its size has."""
    stride = max(1, round(size * GOLDEN))
    while gcd(stride, size) != 1:
        stride += 1
    return stride


def says_one_of(told: str, sections: Iterable[str]) -> bool:
    """Whether this sentence is one of those that these sections hold, whatever names it was filled with."""
    plain = told.casefold()
    return any(_frame_of(template).fullmatch(plain) for section in sections for template in PHRASES[section])


def _fill(template: str, names: Mapping[str, str | int]) -> str:
    """The template with these names in it, with a capital where one begins a sentence."""

    def name(hole: re.Match[str]) -> str:
        said = str(names[hole.group(1)])
        return capital(said) if _OPENS.search(template[: hole.start()]) else said

    return _HOLE.sub(name, template)


@cache
def _frame_of(template: str) -> re.Pattern[str]:
    """The expression that finds this template in a story again, whatever names it was filled with."""
    told = (re.escape(part.strip()) for part in _HOLE.split(template.casefold())[::2])
    return re.compile(r"\s?.{1,90}?\s?".join(told))


@cache
def _longest_of(template: str) -> str:
    """The longest part between its names: where this is not, the template was not told."""
    return max((part.strip() for part in _HOLE.split(template.casefold())[::2]), key=len)


def capital(text: str) -> str:
    """With a capital at its beginning, inside a quotation mark if it has one."""
    start = 1 if text[:1] in ("“", '"') else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def sentence(text: str) -> str:
    """With a capital at its beginning and a mark at its end."""
    text = _ONE.sub(_say_one, " ".join(text.split()))
    return capital(text) if text.rstrip('”"’').endswith((".", "!", "?", "…")) else f"{capital(text)}."


def _say_one(many: re.Match[str]) -> str:
    """ "one credit" for "1 credits"."""
    return f"one {_SINGULAR.get(many[1], many[1])}"


def are(names: Sequence[str]) -> str:
    """ "are" for several things, and for one whose name is a plural."""
    return "are" if len(names) > 1 else verb_for(names[0].partition(",")[0], "is", "are")


def join_names(names: Sequence[str], last: str = "and") -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def the(name: str) -> str:
    """A thing's name inside a sentence, with its article: "the Dust Bunny", "the Warm Laundry", "Shelf 4471"."""
    first, _, rest = name.partition(" ")
    if first in ("The", "A", "An") and rest:
        return f"{first.lower()} {rest}"
    last = name.rsplit(maxsplit=1)[-1].casefold()
    return name if not name[:1].isupper() or last.isdigit() or last in _UNCOUNTED else f"the {name}"


def bare(name: str) -> str:
    """A place's or a person's name inside a sentence: an article only where the name has one."""
    return the(name) if name.startswith(("The ", "A ", "An ")) else name


def verb_for(name: str, one: str, many: str) -> str:
    """The verb that goes with a name: "the Pocket Sardines are", "the Rain Coat is"."""
    last = name.rsplit(maxsplit=1)[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "us", "'s"))
    return many if plural else one


def lower_opening(text: str) -> str:
    """The sentence as it reads inside another: a small first letter, unless it begins with a name."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return text[:1].lower() + text[1:] if first.strip(",'’").casefold() in _ORDINARY else text


_ORDINARY = word_set(
    "a all an and any at behind but every everything from he her here his if in inside it its near no nobody not"
    " nothing on one only outside she some somebody someone something that the their there they this under when with"
    " you your"
)
