"""Against published values: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, and closed forms."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ninelives.analytics.report.chisquare import chance, statistic

CRITICAL = [
    (1, 0.05, 3.841),
    (1, 0.001, 10.828),
    (3, 0.05, 7.815),
    (5, 0.10, 9.236),
    (5, 0.01, 15.086),
    (7, 0.05, 14.067),
    (10, 0.001, 29.588),
    (19, 0.05, 30.144),
    (19, 0.01, 36.191),
    (30, 0.90, 20.599),
    (99, 0.05, 123.225),
    (100, 0.99, 70.065),
]


@pytest.mark.parametrize(("degrees", "tail", "critical"), CRITICAL)
def test_the_published_critical_values_have_their_published_tails(degrees: int, tail: float, critical: float) -> None:
    assert chance(critical, degrees) == pytest.approx(tail, rel=2e-3)


@given(st.just(0.0) | st.floats(1e-6, 600), st.integers(1, 40))
def test_with_even_degrees_it_is_a_sum_of_poisson_terms(value: float, half: int) -> None:
    terms = [math.exp(-value / 2 + n * math.log(value / 2) - math.lgamma(n + 1)) for n in range(half)] if value else [1]
    expected = math.fsum(terms)
    assert chance(value, 2 * half) == pytest.approx(expected, rel=1e-9, abs=1e-14)


@given(st.just(0.0) | st.floats(1e-6, 200))
def test_with_one_degree_it_is_the_normal_distribution_s_two_tails(value: float) -> None:
    assert chance(value, 1) == pytest.approx(math.erfc(math.sqrt(value / 2)), rel=1e-9, abs=1e-14)


@given(st.integers(1, 120), st.floats(0, 500), st.floats(0.01, 50))
def test_a_greater_statistic_is_never_likelier(degrees: int, value: float, more: float) -> None:
    assert 0 <= chance(value + more, degrees) <= chance(value, degrees) + 1e-12 <= 1 + 1e-12


def test_equal_counts_are_no_distance_apart() -> None:
    assert statistic([7] * 6) == 0


def test_the_statistic_of_a_worked_example() -> None:
    assert statistic([5, 8, 9, 8, 10, 20]) == pytest.approx(13.4)


@pytest.mark.parametrize(("value", "degrees"), [(1.0, 0), (-0.1, 3)])
def test_there_is_no_chance_without_degrees_or_below_zero(value: float, degrees: int) -> None:
    with pytest.raises(ValueError, match="no chi-square"):
        chance(value, degrees)
