"""A function's own computing leaves out what is computed for it."""

from __future__ import annotations

import time

from ninelives.analytics.cost.clock import CountedClock


def _compute(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_what_is_outside_is_not_counted_even_when_it_lies_in_itself() -> None:
    clock = CountedClock()
    with clock.running("a/b") as frame:
        with clock.outside(), clock.outside():
            _compute(0.05)
        own = frame.cpu_ms

    assert 0 <= own < 25


def test_a_function_called_by_another_has_a_time_of_its_own() -> None:
    clock = CountedClock()
    with clock.running("a/outer") as outer:
        with clock.outside(), clock.running("b/inner") as inner:
            _compute(0.05)
            inner_ms = inner.cpu_ms
        outer_ms = outer.cpu_ms

    assert inner_ms >= 50
    assert outer_ms < 25
    assert (outer.service, inner.service) == ("a", "b")
