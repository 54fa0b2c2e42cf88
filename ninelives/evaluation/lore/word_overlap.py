"""Word overlap: how many telling words a document shares with a question. What is measured against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from services.lore.domain.ranking import Entry, Ranked
from services.lore.domain.words import is_telling, split

TITLE = 2.0
"""The factor by which a word tells more when the document is called by it."""


class WordOverlap:
    """Sets of words without the plural s, weighed by how rare they are."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._documents = [
            (entry.id, _words(entry.title), _words(" ".join((entry.title, entry.text, *entry.keywords))))
            for entry in sorted(entries, key=lambda entry: entry.id)
        ]
        seen = Counter(word for _, _, words in self._documents for word in words)
        self._weights = {word: 1 + log(len(self._documents) / n) for word, n in seen.items()}

    def rank(self, question: str, among: frozenset[str], most: int) -> tuple[Ranked, ...]:
        """As Ranker promises; equal scores in the order of ids."""
        asked = _words(question)
        scores = ((self._score(asked, title, words), id) for id, title, words in self._documents if id in among)
        best = sorted((-score, id) for score, id in scores if score)[:most]
        return tuple(Ranked(id, -score) for score, id in best)

    def _score(self, asked: frozenset[str], title: frozenset[str], words: frozenset[str]) -> float:
        shared = sorted(asked & words)
        told = sum(self._weights[word] * (TITLE if word in title else 1.0) for word in shared)
        return round(told / sqrt(3 + len(words)), 6)


def _words(text: str) -> frozenset[str]:
    return frozenset(filter(is_telling, map(_without_plural, split(text))))


def _without_plural(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
