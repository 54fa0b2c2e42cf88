"""Waiting for what happens in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

PATIENCE = 60.0  # seconds
EVERY = 0.05


def until(what: Callable[[], Any], within: float = PATIENCE, why: str = "it") -> Any:
    """The first truthy answer of `what`; fails when there is none in time."""
    deadline = time.monotonic() + within
    while not (found := what()):
        assert time.monotonic() < deadline, f"{why} did not happen within {within:.0f} s"
        time.sleep(EVERY)
    return found


def together(what: Callable[[int], Any], times: int) -> list[Any]:
    """The answers of `times` calls made at once."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(what, range(times)))
