"""Word index: documents by the words they share with a question, BM25 over title, text and keywords (BM25F).

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). Two things are added: words that
follow one another in the question tell more where they do so in a document, and what the first three documents are
about is asked as well (Rocchio's feedback). What each of them brings is in docs/retrieval.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import log

from services.lore.domain.ranking import Entry, Ranked
from services.lore.domain.words import tokens

SATURATION = 1.4
"""k1: how slowly a word that comes again stops counting."""
LENGTH = 0.75
"""b: how much a long title or text is held against a word in it. Keywords are not prose: theirs is not."""
TITLE = 3.0
"""A word of the title counts as three of the text."""
PAIR = 0.5
"""Two words in a row, beside the two words."""
FEEDBACK_DOCUMENTS, FEEDBACK_WORDS, FEEDBACK = 3, 10, 0.3
"""The words that tell most of the best documents, asked for three tenths of what the question's own words weigh."""
FEEDBACK_MOST = 8
"""A question of more words is clear enough: feedback weighs no more than beside this many."""
TELLING = 12
"""Words by which a document is known to feedback."""


class WordIndex:
    """All documents by their words. Built once, a few milliseconds for each hundred documents; read only."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        ordered = sorted(entries, key=lambda entry: entry.id)
        fields = [_Fields(entry) for entry in ordered]
        averages = _average_length(f.title for f in fields), _average_length(f.text for f in fields)
        counted = [f.count(*averages) for f in fields]
        spread = Counter(word for counts in counted for word in counts)
        total = len(ordered)
        weights = {word: log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in spread.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(counted):
            for word, n in counts.items():
                postings[word].append((number, weights[word] * n * (SATURATION + 1) / (SATURATION + n)))
        self._ids = [entry.id for entry in ordered]
        self._postings = dict(postings)
        self._telling = [_telling(counts, weights) for counts in counted]

    def rank(self, question: str, among: frozenset[str], most: int) -> tuple[Ranked, ...]:
        """As Ranker promises; equal scores in the order of ids. What is not in `among` has no part in it."""
        words = tokens(question)
        asked: dict[str, float] = dict(Counter(words))
        for pair in pairwise(words):
            asked[_pair(*pair)] = asked.get(_pair(*pair), 0.0) + PAIR
        scores = self._add(asked, {}, among)
        if not scores:
            return ()
        scores = self._add(self._feedback(scores, len(words)), scores, among)
        best = nsmallest(most, ((-round(score, 6), number) for number, score in scores.items()))
        return tuple(Ranked(self._ids[number], -score) for score, number in best)

    def count(self, question: str, among: frozenset[str]) -> int:
        """The number of documents of `among` that share a word with the question."""
        shared = {number for word in {*tokens(question)} for number, _ in self._postings.get(word, ())}
        return sum(self._ids[number] in among for number in shared)

    def _add(self, asked: Mapping[str, float], scores: dict[int, float], among: frozenset[str]) -> dict[int, float]:
        ids = self._ids
        for word, weight in asked.items():
            for number, tells in self._postings.get(word, ()):
                if number in scores:
                    scores[number] += weight * tells
                elif ids[number] in among:
                    scores[number] = weight * tells
        return scores

    def _feedback(self, scores: Mapping[int, float], asked: int) -> dict[str, float]:
        """The words that the best documents are about, by weight."""
        best = nsmallest(FEEDBACK_DOCUMENTS, ((-score, number) for number, score in scores.items()))
        told: dict[str, float] = defaultdict(float)
        for score, number in best:
            for word, share in self._telling[number]:
                told[word] -= score * share
        words = nsmallest(FEEDBACK_WORDS, ((-weight, word) for word, weight in told.items()))
        whole = sum(weight for weight, _ in words)
        return {word: FEEDBACK * min(asked, FEEDBACK_MOST) * weight / whole for weight, word in words}


class _Fields:
    """A document's words."""

    def __init__(self, entry: Entry) -> None:
        self.title, self.text = tokens(entry.title), tokens(entry.text)
        self.keywords = [tokens(phrase) for phrase in entry.keywords]

    def count(self, title_average: float, text_average: float) -> dict[str, float]:
        """Each word and each pair in a row: how often, a field's weight and length considered."""
        counts: dict[str, float] = defaultdict(float)
        _count(counts, self.title, TITLE / _stretch(self.title, title_average))
        _count(counts, self.text, 1 / _stretch(self.text, text_average))
        for phrase in self.keywords:
            _count(counts, phrase, 1.0)
        return counts


def _count(counts: dict[str, float], words: Sequence[str], weight: float) -> None:
    for word in words:
        counts[word] += weight
    for pair in pairwise(words):
        counts[_pair(*pair)] += weight


def _stretch(words: Sequence[str], average: float) -> float:
    return 1 - LENGTH + LENGTH * len(words) / average if average else 1.0


def _average_length(fields: Iterable[Sequence[str]]) -> float:
    lengths = [len(words) for words in fields]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _telling(counts: Mapping[str, float], weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The words that tell most of a document, each with its share."""
    single = {word: n for word, n in counts.items() if " " not in word}
    whole = sum(single.values())
    best = nsmallest(TELLING, ((-n * weights[word] / whole, word) for word, n in single.items()))
    return tuple((word, -share) for share, word in best)


def _pair(first: str, second: str) -> str:
    return f"{first} {second}"
