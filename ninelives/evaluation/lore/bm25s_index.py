"""bm25s, the well-kept library that retrieval is measured beside: BM25 as Lucene scores it. MIT; for development alone.

As its page recommends it: its English stop words, Snowball's English stems, its own constants.
"""

from __future__ import annotations

from collections.abc import Iterable

import bm25s
from Stemmer import Stemmer

from services.lore.domain.ranking import Entry, Ranked


class Bm25sIndex:
    """Title, text and keywords as one text: it knows no fields."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        ordered = sorted(entries, key=lambda entry: entry.id)
        self._ids = [entry.id for entry in ordered]
        self._stemmer = Stemmer("english")
        self._index = bm25s.BM25(method="lucene")
        texts = ["\n".join((entry.title, entry.text, *entry.keywords)) for entry in ordered]
        self._index.index(self._tokens(texts), show_progress=False)

    def rank(self, question: str, among: frozenset[str], most: int) -> tuple[Ranked, ...]:
        """As Ranker promises."""
        fetched = len(self._ids) if len(among) < len(self._ids) else min(most, len(self._ids))
        [numbers], [scores] = self._index.retrieve(self._tokens([question]), k=fetched, show_progress=False)
        found = zip((-float(score) for score in scores), (self._ids[number] for number in numbers), strict=True)
        return tuple(Ranked(id, -score) for score, id in sorted(found) if score and id in among)[:most]

    def _tokens(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)
