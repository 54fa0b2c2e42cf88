"""A span of the archive: what it may be, and what is too young for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infra.errors import UserError
from ninelives.ops.replay.window import ARCHIVE_LAG, FIRST_DAY, find_settled_end, moment, window

NOW = datetime(2031, 5, 4, 12, 30, 15, 250_000, tzinfo=UTC)
LATEST = datetime(2031, 5, 4, 12, 20, 15, tzinfo=UTC)


def test_without_words_it_is_all_that_is_surely_archived() -> None:
    made = window(None, None, "prod", NOW)

    assert (made.start, made.end) == (FIRST_DAY, LATEST)
    assert NOW - made.end >= ARCHIVE_LAG


def test_the_local_bus_archives_at_once() -> None:
    assert timedelta(0) < find_settled_end("local", NOW) - NOW <= timedelta(seconds=1)


def test_dates_and_times_are_utc_unless_they_say_otherwise() -> None:
    made = window("2031-04-01", "2031-04-02T02:00:00+02:00", "prod", NOW)

    assert made.start == datetime(2031, 4, 1, tzinfo=UTC)
    assert made.end == datetime(2031, 4, 2, tzinfo=UTC)
    assert made.holds(made.start) and not made.holds(made.end)


def test_a_window_younger_than_the_archives_lag_is_refused_with_the_latest_one() -> None:
    window(None, LATEST.isoformat(), "prod", NOW)

    with pytest.raises(UserError, match=r"last 10 minutes.*2031-05-04T12:20:15\+00:00"):
        window(None, "2031-05-04T12:20:16Z", "prod", NOW)


def test_a_window_of_the_future_is_refused_on_the_local_cloud_too() -> None:
    with pytest.raises(UserError, match="future"):
        window(None, "2031-05-04T12:31:00Z", "local", NOW)


@pytest.mark.parametrize(("start", "end"), [("2031-04-02", "2031-04-01"), ("2031-04-01", "2031-04-01")])
def test_a_window_of_nothing_is_refused(start: str, end: str) -> None:
    with pytest.raises(UserError, match="empty"):
        window(start, end, "prod", NOW)


@pytest.mark.parametrize("text", ["yesterday", "", "2031-13-01"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="ISO 8601"):
        moment(text)
