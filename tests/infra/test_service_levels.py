"""A fast burn of an error budget pages somebody soon, a slow one makes a ticket, and noise does neither."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.constructs.burn_rates import (
    BURN_RATES,
    FEWEST,
    BurnRate,
    Counts,
    budget_expression,
    budget_left,
    burn,
    burn_expression,
    raised,
)
from infra.constructs.service_levels import SERVICE_LEVELS
from tests.infra.templates import ALARM, Cloud, Resource

COMPOSITE = "AWS::CloudWatch::CompositeAlarm"
FAILING = 0.995
PAGES = [rate for rate in BURN_RATES if rate.severity == "page"]
BOTH, ALL = "FILL(bad, 0) + FILL(beside, 0)", "FILL(beside, 0)"
Share = Callable[[int], float]


def _minutes_until(severity: str, share: Share, *, per_minute: float = 2, within: int = 24 * 60) -> int | None:
    """After how many minutes of this share of bad turns (by minute) the alarm is raised. Before that all was well."""
    for minute in range(1, within + 1):
        for rate in (each for each in BURN_RATES if each.severity == severity):
            long, short = (_counts(share, minute, window, per_minute) for window in (rate.long, rate.short))
            if raised(rate, FAILING, long, short):
                return minute
    return None


def _counts(share: Share, minute: int, window: int, per_minute: float) -> Counts:
    bad = sum(share(at) * per_minute for at in range(max(1, minute - window + 1), minute + 1))
    return Counts(bad, window * per_minute)


def test_an_outage_is_noticed_within_minutes() -> None:
    assert _minutes_until("page", lambda minute: 1.0) == 5


def test_a_quiet_nights_outage_is_noticed_when_five_turns_have_failed() -> None:
    assert _minutes_until("page", lambda minute: 1.0, per_minute=0.2) == 25


def test_a_tenth_failing_pages_within_the_hour() -> None:
    assert 30 <= (_minutes_until("page", lambda minute: 0.1) or 0) <= 60


def test_a_trickle_pages_nobody() -> None:
    assert _minutes_until("page", lambda minute: 0.001) is None


def test_exactly_on_budget_raises_nothing() -> None:
    for rate in BURN_RATES:
        on_budget = Counts(bad=5, total=1000)
        assert not raised(rate, FAILING, on_budget, on_budget)


def test_twice_the_budget_for_days_is_a_ticket_and_no_page() -> None:
    days = Counts(bad=60, total=6000)

    assert [rate.severity for rate in BURN_RATES if raised(rate, FAILING, days, days)] == ["ticket"]


def test_the_alarm_ends_soon_after_the_trouble_does() -> None:
    hour, five_minutes = Counts(bad=60, total=120), Counts(bad=0, total=10)

    assert burn(hour, FAILING) > PAGES[0].times
    assert not raised(PAGES[0], FAILING, hour, five_minutes)


def test_one_failure_among_few_turns_is_no_trend() -> None:
    lonely = Counts(bad=1, total=1)

    assert not any(raised(rate, FAILING, lonely, lonely) for rate in BURN_RATES)


def test_no_turns_at_all_raise_nothing() -> None:
    silence = Counts(0, 0)

    assert not any(raised(rate, FAILING, silence, silence) for rate in BURN_RATES)
    assert budget_left(silence, FAILING) == 100


def test_a_promise_kept_exactly_has_no_budget_left_and_one_broken_twice_over_owes_one() -> None:
    assert budget_left(Counts(bad=50, total=10_000), FAILING) == pytest.approx(0)
    assert budget_left(Counts(bad=100, total=10_000), FAILING) == pytest.approx(-100)


@pytest.mark.parametrize("rate", BURN_RATES, ids=lambda rate: f"{rate.times}x")
def test_windows_fit_what_an_alarm_may_look_at(rate: BurnRate) -> None:
    """One period per window; up to a day, or up to seven for periods of an hour or more."""
    for minutes in (rate.long, rate.short):
        assert minutes <= 24 * 60 or 60 <= minutes <= 7 * 24 * 60
    assert rate.long == 12 * rate.short


def _evaluate(expression: str, bad: int | None, beside: int | None) -> float:
    """Metric math of one data point in Python; None is a metric without data."""
    text = re.sub(r"\bIF\((.+? >= \d+), (.+), 0\)", r"((\2) if (\1) else 0)", expression)
    filled = {"FILL": lambda value, other: other if value is None else value, "bad": bad, "beside": beside}
    return float(eval(text, {"__builtins__": {}}, filled))


@given(
    st.integers(0, 200) | st.none(),
    st.integers(0, 2000) | st.none(),
    st.sampled_from([level.objective for level in SERVICE_LEVELS]),
    st.sampled_from([1, FEWEST]),
)
def test_the_alarms_expression_is_that_arithmetic(
    bad: int | None, good: int | None, objective: float, fewest: int
) -> None:
    counts = Counts(bad or 0, (bad or 0) + (good or 0))

    by_math = _evaluate(burn_expression(BOTH, objective, fewest=fewest), bad, good)
    assert by_math == pytest.approx(burn(counts, objective, fewest=fewest))
    assert _evaluate(budget_expression(BOTH, objective), bad, good) == pytest.approx(budget_left(counts, objective))
    if bad and good is not None:
        whole = _evaluate(burn_expression(ALL, objective), bad, bad + good)
        assert whole == pytest.approx(burn(counts, objective))


def _properties(closely: Cloud) -> dict[str, dict[str, Any]]:
    return {each.id: each.properties for each in closely.all(ALARM) if each.stack == "operations"}


def _pairs(composite: Resource) -> list[set[str]]:
    """The alarms of each pair: `((A AND B) OR (C AND D))` by their logical ids."""
    rule = composite.properties["AlarmRule"]["Fn::Join"][1]
    text = "".join(part if isinstance(part, str) else part["Fn::GetAtt"][0] for part in rule)
    return [set(re.findall(r'ALARM\("(\w+)"\)', pair)) for pair in text.split(" OR ")]


def test_each_promise_has_a_page_and_a_ticket_over_pairs_of_windows(closely: Cloud) -> None:
    parts = _properties(closely)
    for composite in closely.all(COMPOSITE):
        level = next(each for each in SERVICE_LEVELS if f"-{each.name}-" in composite.properties["AlarmName"])
        severity = composite.properties["AlarmName"].rsplit("-", 1)[1]
        found = {
            tuple(sorted((parts[part]["Metrics"][1]["MetricStat"]["Period"] // 60 for part in pair), reverse=True))
            for pair in _pairs(composite)
        }
        assert found == {(rate.long, rate.short) for rate in BURN_RATES if rate.severity == severity}
        for pair in _pairs(composite):
            assert len({parts[part]["Threshold"] for part in pair}) == 1
            assert {parts[part]["Metrics"][1]["MetricStat"]["Metric"]["MetricName"] for part in pair} == {
                level.bad.name
            }
    assert len(closely.all(COMPOSITE)) == 2 * len(SERVICE_LEVELS) == 6


def test_only_the_pair_tells_anybody(closely: Cloud) -> None:
    for composite in closely.all(COMPOSITE):
        assert composite.properties["AlarmActions"] == [{"Ref": "PlatformAlarmTopicArn"}]
        for pair in _pairs(composite):
            for part in pair:
                assert "AlarmActions" not in _properties(closely)[part]


def test_each_window_is_raised_beyond_its_rate_and_only_the_long_one_asks_for_many(closely: Cloud) -> None:
    for alarm in closely.all(ALARM):
        if not re.search(r"x-\d+m$", alarm.properties["AlarmName"]):
            continue
        minutes = int(alarm.properties["AlarmName"].rsplit("-", 1)[1][:-1])
        [rate] = [each for each in BURN_RATES if each.times == alarm.properties["Threshold"]]
        fewest = FEWEST if minutes == rate.long else 1
        assert alarm.properties["ComparisonOperator"] == "GreaterThanThreshold"
        assert alarm.properties["EvaluationPeriods"] == 1
        assert alarm.properties["TreatMissingData"] == "notBreaching"
        assert f">= {fewest}," in alarm.properties["Metrics"][0]["Expression"]


def test_without_a_close_watch_two_promises_page_and_each_makes_a_ticket_by_its_long_window(aws: Cloud) -> None:
    alone = {each.properties["AlarmName"]: each.properties for each in aws.all(ALARM) if "Metrics" in each.properties}

    assert {name.removeprefix("ninelives-prod-operations-") for name in alone} == {
        "turns-resolve-1h-page",
        "turns-on-time-1h-page",
        *(f"{level.name}-72h-ticket" for level in SERVICE_LEVELS),
    }
    for name, alarm in alone.items():
        [rate] = [each for each in BURN_RATES if each.times == alarm["Threshold"]]
        assert name.endswith(f"{rate.long // 60}h-{rate.severity}")
        assert alarm["AlarmActions"] == [{"Ref": "PlatformAlarmTopicArn"}]
        assert {each["MetricStat"]["Period"] for each in alarm["Metrics"][1:]} == {rate.long * 60}
        assert f">= {FEWEST}," in alarm["Metrics"][0]["Expression"]
    assert aws.all(COMPOSITE) == []
