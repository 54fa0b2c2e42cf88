"""SQLite's full-text index, the well-kept library that retrieval is measured beside: FTS5, BM25, Porter's stems.

Of the standard library, so that nothing is installed for a comparison.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from services.lore.domain.ranking import Entry, Ranked


class FullTextIndex:
    """As it comes: any of the words, its own ranking, all columns alike."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "create virtual table entry using fts5(id unindexed, title, text, keywords, tokenize='porter unicode61')"
        )
        rows = [(entry.id, entry.title, entry.text, ". ".join(entry.keywords)) for entry in entries]
        self._database.executemany("insert into entry values (?, ?, ?, ?)", rows)

    def rank(self, question: str, among: frozenset[str], most: int) -> tuple[Ranked, ...]:
        words = dict.fromkeys(re.findall(r"\w+", question.casefold()))
        if not words:
            return ()
        any_of = " OR ".join(f'"{word}"' for word in words)
        rows = self._database.execute("select id, -rank from entry where entry match ? order by rank, id", (any_of,))
        allowed = (Ranked(id, score) for id, score in rows if id in among)
        return tuple(each for each, _ in zip(allowed, range(most), strict=False))

    def memory(self) -> int:
        """Bytes, which no tracing of Python's memory sees."""
        [[pages]] = self._database.execute("pragma page_count")
        [[size]] = self._database.execute("pragma page_size")
        return int(pages * size)
