"""Two states side by side: every field in which they differ, by a path that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class StateDifference:
    """A field and what it holds in either state; None where it is not there."""

    path: str
    one: Any
    other: Any


def differences(one: BaseModel, other: BaseModel) -> tuple[StateDifference, ...]:
    """The differences of two models, in the order of their fields. Empty for equal states."""
    first, second = (dict(_leaves(each.model_dump(mode="json"), "")) for each in (one, other))
    return tuple(
        StateDifference(path, first.get(path), second.get(path))
        for path in dict.fromkeys((*first, *second))
        if first.get(path) != second.get(path)
    )


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The smallest parts of a value by their paths. Things in a list go by their ids, so that one more moves none."""
    if isinstance(value, list) and value and all(_id(each) for each in value):
        value = {_id(each): each for each in value}
    if not isinstance(value, dict):
        yield path, value
        return
    for name, part in value.items():
        yield from _leaves(part, f"{path}.{name}" if path else str(name))


def _id(thing: Any) -> str | None:
    if not isinstance(thing, dict):
        return None
    known = thing.get("id") or thing.get("ability", {}).get("id")
    return str(known) if known else None
