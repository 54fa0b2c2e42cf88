"""Pearson's test of fit, and how likely a statistic at least as great is by chance.

The survival function of the chi-square distribution with k degrees of freedom at x is Q(k/2, x/2), the upper
regularised incomplete gamma function: by its power series below a + 1, by Lentz's continued fraction above
(Numerical Recipes, 3rd edition, 6.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

ENOUGH = 1e-15
MOST_TERMS = 100_000
TINY = 1e-300


def statistic(counts: Sequence[int]) -> float:
    """The chi-square statistic of these counts: their distance from all being equal. 0 when nothing was counted."""
    expected = sum(counts) / len(counts)
    return sum((seen - expected) ** 2 for seen in counts) / expected if expected else 0.0


def chance(value: float, degrees: int) -> float:
    """The probability that chance alone gives this `value` or a greater one. `degrees` ≥ 1."""
    if degrees < 1 or value < 0:
        raise ValueError(f"there is no chi-square of {value} on {degrees} degrees of freedom")
    return _upper_gamma(degrees / 2, value / 2)


def _upper_gamma(a: float, x: float) -> float:
    if not x:
        return 1.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    return max(0.0, 1 - scale * _series(a, x)) if x < a + 1 else scale * _fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for n in range(1, MOST_TERMS):
        term *= x / (a + n)
        total += term
        if term < total * ENOUGH:
            break
    return total


def _fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / TINY, 1 / b
    value = d
    for n in range(1, MOST_TERMS):
        numerator, b = -n * (n - a), b + 2
        d = 1 / (_away_from_zero(numerator * d + b))
        c = _away_from_zero(b + numerator / c)
        value *= c * d
        if abs(c * d - 1) < ENOUGH:
            break
    return value


def _away_from_zero(number: float) -> float:
    return number if abs(number) > TINY else TINY
