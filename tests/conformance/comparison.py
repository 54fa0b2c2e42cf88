"""Differences between two outcomes, but for what two undisturbed runs at two times differ in as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Path = tuple[Any, ...]


def differences(one: Any, other: Any, path: Path = ()) -> Iterator[Path]:
    """The places at which two values differ: of objects and lists of the same length, the innermost."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            if key in one and key in other:
                yield from differences(one[key], other[key], (*path, key))
            else:
                yield (*path, key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, (*path, number))
    elif one != other:
        yield path


def difference(one: Any, other: Any, but: frozenset[Path] = frozenset()) -> str | None:
    """The first difference that counts, in words."""
    found = next((each for each in differences(one, other) if each not in but), None)
    return None if found is None else f"differs at {' / '.join(map(str, found))}"
