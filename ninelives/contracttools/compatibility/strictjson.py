"""JSON read strictly: what Python's reader forgives (two equal keys, NaN, endless nesting) is refused here."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from contracts.canonical import canonical_json
from ninelives.contracttools.compatibility.findings import Unusable

MAX_DEPTH = 128
"""Levels of nesting. Generated schemas stay below 20; the bound keeps the recursion of the gate finite."""


def loads(text: bytes | str) -> Any:
    """The value in a JSON text, UTF-8 when it comes as bytes; 1.0 is read as 1. Raises Unusable."""
    try:
        text = text.decode() if isinstance(text, bytes) else text
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise Unusable(f"not UTF-8: byte {error.start}") from error
    except RecursionError as error:
        raise Unusable(f"nested deeper than {MAX_DEPTH} levels") from error
    except ValueError as error:
        raise Unusable(f"not JSON: {error}") from error
    if _deeper_than(value, MAX_DEPTH):
        raise Unusable(f"nested deeper than {MAX_DEPTH} levels")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        (name, _), *_others = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the key {canonical_json(name)} appears twice in one object")
    return values


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _finite(text: str) -> int | float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return int(number) if number.is_integer() else number


def _deeper_than(value: object, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [item for holder in level for item in _inside(holder)]
    return bool(level)


def _inside(holder: object) -> list[Any]:
    if isinstance(holder, dict):
        return list(holder.values())
    return holder if isinstance(holder, list) else []
