from __future__ import annotations

from collections import Counter

import pytest

from ninelives.analytics.report.checks import ReportCheck
from ninelives.analytics.report.fairness import judge
from services.tools.domain.dice import derive

SEED = bytes(range(32))


def throw(sides: int, times: int, key: str = "t/0/0") -> list[int]:
    seen = Counter(derive(SEED, key, times, sides))
    return [seen[face] for face in range(1, sides + 1)]


@pytest.mark.parametrize("sides", [4, 6, 8, 10, 12, 20, 100])
def test_the_game_s_own_dice_are_called_fair(sides: int) -> None:
    assert judge(throw(sides, 20_000)).verdict == "fair"


def test_a_die_that_shows_one_face_a_third_more_often_is_called_loaded() -> None:
    counts = throw(20, 6000)
    counts[19] += 100

    assert judge(counts).verdict == "loaded"


def test_a_die_too_even_to_doubt_stays_fair() -> None:
    assert judge([500] * 6).p == pytest.approx(1)


def test_between_the_two_it_is_unusual() -> None:
    assert judge([130, 100, 98, 92, 96, 84]).verdict == "unusual"


def test_what_is_unusual_alone_is_to_be_expected_among_many_dice() -> None:
    counts = [130, 100, 98, 92, 96, 84]

    assert (judge(counts).verdict, judge(counts, dice=6).verdict) == ("unusual", "fair")


def test_a_few_throws_are_not_judged_however_odd_they_look() -> None:
    assert judge([4, 0, 0, 0, 0, 0]).verdict == "too few"


def test_of_a_thousand_fair_dice_about_fifty_leave_the_band() -> None:
    dice = [judge(throw(6, 300, f"t/{number}/0")) for number in range(1000)]
    astray = sum(any(not die.band[0] <= seen <= die.band[1] for seen in die.counts) for die in dice)

    assert 30 <= astray <= 70


def test_the_interval_of_a_rate_is_wilson_s() -> None:
    low, high = ReportCheck(target=12, rolls=10, successes=2, due=3.0).interval

    assert (low, high) == pytest.approx((0.0567, 0.5098), abs=1e-4)
