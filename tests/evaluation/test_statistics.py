"""The intervals and chances that rates are reported with are the published formulas."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ninelives.evaluation.statistics import Rate, pass_hat, rate


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_an_interval_is_wilsons(hits: int, count: int, low: float, high: float) -> None:
    assert Rate(hits, count).interval == pytest.approx((low, high), abs=5e-4)


@given(count=st.integers(1, 500), data=st.data())
def test_a_rate_lies_in_its_interval_and_more_trials_narrow_it(count: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, count))
    low, high = Rate(hits, count).interval
    more_low, more_high = Rate(hits * 4, count * 4).interval

    assert 0 <= low <= hits / count <= high <= 1
    assert more_high - more_low < high - low


def test_nothing_counted_says_nothing() -> None:
    assert rate(()).value is None
    assert rate(()).interval == (0.0, 1.0)


@given(trials=st.integers(1, 8), data=st.data())
def test_passing_k_times_is_the_share_of_all_draws_that_hold_only_successes(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    k = data.draw(st.integers(1, trials))

    assert pass_hat(successes, trials, k) == comb(successes, k) / comb(trials, k)
    assert pass_hat(successes, trials, 1) == successes / trials


def test_more_draws_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="between 1 and 8"):
        pass_hat(3, 8, 9)
