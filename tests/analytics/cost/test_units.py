"""AWS rounds up, and each service by its own step."""

from __future__ import annotations

import pytest

from ninelives.analytics.cost.item_size import item_size
from ninelives.analytics.cost.units import (
    event_units,
    express_gb_hours,
    lambda_gb_seconds,
    queue_requests,
    read_units,
    write_units,
)

KB = 1024


@pytest.mark.parametrize(("size", "units"), [(0, 1), (1, 1), (KB, 1), (KB + 1, 2), (10 * KB, 10)])
def test_a_write_is_charged_by_the_kilobyte_begun(size: int, units: int) -> None:
    assert write_units(size) == units
    assert write_units(size, transactional=True) == 2 * units


@pytest.mark.parametrize(("size", "units"), [(0, 1), (4 * KB, 1), (4 * KB + 1, 2), (40 * KB, 10)])
def test_a_read_is_charged_by_four_kilobytes_begun_and_half_when_it_may_be_stale(size: int, units: int) -> None:
    assert read_units(size, consistent=True) == units
    assert read_units(size, consistent=False) == units / 2


@pytest.mark.parametrize(("size", "units"), [(1, 1), (64 * KB, 1), (64 * KB + 1, 2), (256 * KB, 4)])
def test_events_and_messages_are_charged_by_64_kilobytes_begun(size: int, units: int) -> None:
    assert event_units(size) == queue_requests(size) == units


def test_a_function_is_charged_by_the_millisecond_begun() -> None:
    assert lambda_gb_seconds(1024, 1000) == 1
    assert lambda_gb_seconds(512, 1.2) == lambda_gb_seconds(512, 2) == 0.001


def test_an_express_workflow_is_charged_by_100_milliseconds_begun() -> None:
    assert express_gb_hours(1024, 3_600_000) == 1
    assert express_gb_hours(64, 101) == express_gb_hours(64, 200)


def test_an_item_is_as_large_as_its_names_and_values() -> None:
    assert item_size({"pk": {"S": "abc"}}) == 5
    assert item_size({"ü": {"S": "ü"}}) == 4
    assert item_size({"n": {"N": "1234"}}) == 5
    assert item_size({"m": {"M": {"a": {"S": "x"}}}}) == 1 + 3 + 1 + 1 + 1
    assert item_size({"l": {"L": [{"BOOL": True}]}}) == 1 + 3 + 1 + 1
