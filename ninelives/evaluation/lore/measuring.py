"""Rankers measured on a collection: what they find, how fast, and what they keep in memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from ninelives.evaluation.lore.bm25s_index import Bm25sIndex
from ninelives.evaluation.lore.collection import Collection, Question
from ninelives.evaluation.lore.full_text import FullTextIndex
from ninelives.evaluation.lore.measures import ndcg, recall
from ninelives.evaluation.lore.word_overlap import WordOverlap
from services.lore.domain.ranking import Entry, Ranker
from services.lore.domain.word_index import WordIndex

DEEPEST = 10
MakeRanker = Callable[[Iterable[Entry]], Ranker]
CONTESTANTS: Mapping[str, MakeRanker] = {
    "keyword overlap": WordOverlap,
    "what ships": WordIndex,
    "bm25s": Bm25sIndex,
    "SQLite FTS5": FullTextIndex,
}
SHIPPED = "what ships"


@dataclass(frozen=True)
class Found:
    """Quality of the answers to questions, on the average."""

    ndcg: float
    recall: float
    questions: int


@dataclass(frozen=True)
class Cost:
    """Of this machine, in this minute: only ratios of one run mean something."""

    build_seconds: float
    questions_per_second: float
    bytes: int


def find(ranker: Ranker, entries: Sequence[Entry], questions: Sequence[Question]) -> Found:
    among = frozenset(entry.id for entry in entries)
    answers = [([r.id for r in ranker.rank(each.text, among, DEEPEST)], each.wanted) for each in questions]
    count = len(answers)
    return Found(sum(ndcg(*each) for each in answers) / count, sum(recall(*each) for each in answers) / count, count)


def weigh(make: MakeRanker, collection: Collection) -> Cost:
    began = perf_counter()
    ranker = make(collection.entries)
    built = perf_counter() - began
    among = frozenset(entry.id for entry in collection.entries)
    began = perf_counter()
    for each in collection.questions:
        ranker.rank(each.text, among, DEEPEST)
    asked = perf_counter() - began
    return Cost(built, len(collection.questions) / asked, measure_memory(make, collection.entries))


def measure_memory(make: MakeRanker, entries: Sequence[Entry]) -> int:
    """Bytes that a ranker keeps, the entries themselves not counted."""
    gc.freeze()  # what is there already is not looked through for what the ranker lets go
    tracemalloc.start()
    ranker = make(entries)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return ranker.memory() if isinstance(ranker, FullTextIndex) else kept
