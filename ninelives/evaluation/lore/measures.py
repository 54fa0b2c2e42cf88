"""Measures of a ranking, as trec_eval defines them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[str], wanted: Mapping[str, int], depth: int = 10) -> float:
    """Gain is the grade, discounted by log2 of the place, over that of the best order there could be. Järvelin and
    Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002)."""
    best = _gain(sorted(wanted.values(), reverse=True)[:depth])
    return _gain(wanted.get(id, 0) for id in ranked[:depth]) / best if best else 0.0


def recall(ranked: Sequence[str], wanted: Mapping[str, int], depth: int = 5) -> float:
    """The share of what is relevant that is among the first."""
    return sum(id in wanted for id in ranked[:depth]) / len(wanted) if wanted else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / log2(place + 2) for place, grade in enumerate(grades))
