"""The number of times that something can be done in a second."""

from __future__ import annotations

import time
from collections.abc import Callable

FOR_SECONDS = 0.4
TRIES = 3


def per_second(work: Callable[[int], object]) -> float:
    """The best rate of a few tries; `work` gets a number that never comes twice. Processor time, so neighbours on the
    machine disturb little."""
    number, best = 0, 0.0
    for _ in range(TRIES):
        first, started = number, time.process_time()
        while (taken := time.process_time() - started) < FOR_SECONDS:
            work(number)
            number += 1
        best = max(best, (number - first) / taken)
    return best
