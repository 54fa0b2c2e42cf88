"""A query costs what its items cost: the grammar of its condition is checked once, not again for each item.

The emulator evaluates a key condition or a filter item by item, and reads and checks its text anew each time: a third
of all that it did while a game was played. What a text means does not change, so it is kept; and so are the words of a
statement of PartiQL, which comes with other parameters each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ministack.services import _dynamodb_keywords, dynamodb

from infra.local.hooks.surface import wrap

KEPT = 512  # texts; the services of this repository send some dozens
Tokens = list[tuple[Any, ...]]


def _checked_once(original: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
    return lru_cache(KEPT)(original)


def _read_once(original: Callable[[str], Tokens]) -> Callable[[str], Tokens]:
    read = lru_cache(KEPT)(original)
    return lambda text: list(read(text))


def install() -> None:
    wrap(dynamodb, "_condition_syntax_error", _checked_once)
    wrap(dynamodb, "_tokenize", _read_once)
    wrap(_dynamodb_keywords, "_tokenize", _read_once)
