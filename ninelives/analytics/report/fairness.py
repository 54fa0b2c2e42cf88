"""Is a die fair? What its faces say, and how sure one can be of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from ninelives.analytics.report.chisquare import chance, statistic

Verdict = Literal["too few", "fair", "unusual", "loaded"]

LEAST_PER_FACE = 5
"""Cochran's rule: below it the chi-square distribution does not describe the statistic."""
UNUSUAL, LOADED = 0.05, 0.001
"""Chances below which one looks again, or stops believing, when several dice are judged at once (Bonferroni)."""
SURE = 0.95


@dataclass(frozen=True)
class Judgement:
    """`p` is of this die alone; the verdict allows for how many dice were judged together."""

    counts: tuple[int, ...]
    statistic: float
    p: float
    verdict: Verdict

    @property
    def sides(self) -> int:
        return len(self.counts)

    @property
    def thrown(self) -> int:
        return sum(self.counts)

    @property
    def expected(self) -> float:
        """Of each face."""
        return self.thrown / self.sides

    @property
    def band(self) -> tuple[float, float]:
        """The band in which all faces of a fair die lie together, in 95 of 100 samples of this size (Šidák, normal)."""
        share = 1 / self.sides
        reach = NormalDist().inv_cdf((1 + SURE**share) / 2) * math.sqrt(self.thrown * share * (1 - share))
        return max(0.0, self.expected - reach), self.expected + reach


def judge(counts: Sequence[int], dice: int = 1) -> Judgement:
    """`counts[i]` is how often face i + 1 came (at least two faces); `dice` is how many are judged together."""
    value = statistic(counts)
    p = chance(value, len(counts) - 1)
    return Judgement(tuple(counts), value, p, _verdict(counts, min(1.0, p * dice)))


def _verdict(counts: Sequence[int], p: float) -> Verdict:
    if sum(counts) < LEAST_PER_FACE * len(counts):
        return "too few"
    if p < LOADED:
        return "loaded"
    return "unusual" if p < UNUSUAL else "fair"
