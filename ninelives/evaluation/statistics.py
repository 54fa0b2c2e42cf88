"""Rates with what they are worth: Wilson intervals, and the chance of passing every one of k trials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, sqrt

Z95 = 1.959964
"""The quantile of the normal distribution for 95 %."""


@dataclass(frozen=True)
class Rate:
    """`hits` of `count`."""

    hits: int
    count: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None when nothing was counted."""
        return self.hits / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % score interval of Wilson (1927): it holds for few trials and for rates at 0 and 1, where the usual
        p ± z·√(p(1−p)/n) does not. Centre (p + z²/2n) / (1 + z²/n), half width z·√(p(1−p)/n + z²/4n²) / (1 + z²/n);
        see Brown, Cai, DasGupta, "Interval Estimation for a Binomial Proportion" (2001)."""
        if not self.count:
            return 0.0, 1.0
        n, p = self.count, self.hits / self.count
        scale = 1 + Z95**2 / n
        centre = (p + Z95**2 / (2 * n)) / scale
        half = Z95 * sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n)) / scale
        return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def rate(marks: Iterable[bool]) -> Rate:
    """The rate of these that hold."""
    counted = tuple(marks)
    return Rate(sum(counted), len(counted))


def pass_hat(successes: int, trials: int, k: int) -> float:
    """The chance that k trials drawn from these all succeeded: C(c, k) / C(n, k), the unbiased estimator of pass^k in
    "τ-bench" (Yao et al., 2024). Raises ValueError when there were fewer than k trials."""
    if not 1 <= k <= trials:
        raise ValueError(f"k must be between 1 and {trials}")
    return comb(successes, k) / comb(trials, k)
