"""Model of how a clause is phrased: linear over its words, trained on a bank of phrasings.

`ninelives dm train` makes its weights from `ninelives/evaluation/corpus/phrasings` and the dev split of the players'
corpus. A label is `answer.<subject>`, `do.<tool>`, `rp.<manner>` or `no.impossible`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp
from pathlib import Path

from services.dm.domain.reading.masking import mask
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem

WEIGHTS = Path(__file__).parent / "english" / "phrasings.json"
UNIT = 32
"""Weights are kept as whole numbers: so many make 1."""
_UNSAID = frozenset(("the", "a", "an", "'s", ",", ".", "!", ";", ":", '"', "(", ")", "please", "?"))
_LONG = 8
_PIECES = (3, 4)
"""Letters in a row of a word that are features of their own: a word that the bank has not is made of those it has."""


@dataclass(frozen=True)
class Guess:
    """A label and the probability that the model gives it, 0 … 1."""

    label: str
    sure: float

    @property
    def kind(self) -> str:
        return self.label.partition(".")[0]

    @property
    def name(self) -> str:
        return self.label.partition(".")[2]


@dataclass(frozen=True)
class Weights:
    """`words`: those of the bank. `by_feature`: for each feature the labels it speaks for or against, by their number,
    and how strongly: "3:12 5:-4". A clause has some forty of them: only theirs are taken apart."""

    labels: tuple[str, ...]
    words: frozenset[str]
    by_feature: Mapping[str, str]

    def of(self, feature: str) -> tuple[tuple[int, int], ...]:
        """Labels and weights of a feature; none of one that was never seen."""
        return _taken_apart(self.by_feature.get(feature, ""))


@lru_cache(10_000)
def _taken_apart(weights: str) -> tuple[tuple[int, int], ...]:
    pairs = (each.partition(":") for each in weights.split())
    return tuple((int(label), int(weight)) for label, _, weight in pairs)


@cache
def weights() -> Weights:
    """The trained weights. They are part of the package, like its code."""
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(tuple(kept["labels"]), frozenset(kept["words"]), kept["weights"])


def guess(words: Sequence[str], scope: Scope, among: Collection[str] = (), asked: bool = False) -> tuple[Guess, ...]:
    """Labels, the likeliest first; only those of the kinds or with the names `among`, when there are any. Asked several
    times for one clause."""
    key = ("guess", tuple(words), tuple(among), asked)
    if key not in scope.mentions:
        scope.mentions[key] = _guess(tuple(words), scope, among, asked)
    found: tuple[Guess, ...] = scope.mentions[key]
    return found


def _guess(words: tuple[str, ...], scope: Scope, among: Collection[str], asked: bool) -> tuple[Guess, ...]:
    chosen = [
        (score / UNIT, label)
        for score, label in zip(_scores(words, scope, asked), weights().labels, strict=True)
        if not among or label in among or label.partition(".")[0] in among
    ]
    most = max(score for score, _ in chosen)
    odds = [(exp(score - most), label) for score, label in chosen]
    total = sum(odd for odd, _ in odds)
    return tuple(Guess(label, odd / total) for odd, label in sorted(odds, reverse=True))


def _scores(words: tuple[str, ...], scope: Scope, asked: bool) -> list[int]:
    """The sum of the features of the words, for each label. Cached: asked several times for one clause."""
    key = ("scores", words, asked)
    if key not in scope.mentions:
        known = weights()
        scores = [0] * len(known.labels)
        said, kinds = mask(words, scope)
        for feature in features(said, kinds, context(scope), asked):
            for label, weight in known.of(feature):
                scores[label] += weight
        scope.mentions[key] = scores
    found: list[int] = scope.mentions[key]
    return found


def context(scope: Scope) -> tuple[str, ...]:
    """The context that a question may lean on without saying it."""
    if scope.fighting:
        return ("fight",)
    there = [name for name, is_so in (("shop", scope.briefing.wares), ("people", scope.of("person"))) if is_so]
    return tuple(there) or ("calm",)


def features(
    said: Sequence[str], kinds: Collection[str], contexts: Sequence[str], asked: bool = False
) -> frozenset[str]:
    """The features of a clause that the model knows: its words, two and three in a row, the pieces they are made of,
    what is named, and where it is said."""
    words = [word if word.startswith("<") else stem(word) for word in said if word not in _UNSAID]
    return frozenset(_features(words, kinds, contexts, asked or "?" in said))


def _features(words: list[str], kinds: Collection[str], contexts: Sequence[str], asked: bool) -> Iterator[str]:
    yield f"length {len(words) if len(words) < _LONG else 'long'}"
    yield from (f"kind {kind}" for kind in kinds)
    if asked:
        yield "asked"
    ends = ("^", *words, "$")
    yield from words
    yield from (f"{a} {b}" for a, b in pairwise(ends))
    yield from (f"{a} {b} {c}" for a, b, c in zip(ends, ends[1:], ends[2:], strict=False))
    for word in words:
        yield from _pieces(word)
    for place in contexts:
        yield f"in {place}"
        yield from (f"in {place}: {word}" for word in words)


def _pieces(word: str) -> Iterator[str]:
    """Three and four letters in a row, with the ends marked: "thanking" and "thanks" share
    "~_tha" and "~hank"."""
    if word.isalpha() and len(word) >= _PIECES[0]:
        whole = f"_{word}_"
        yield from (f"~{whole[at : at + size]}" for size in _PIECES for at in range(len(whole) - size + 1))
