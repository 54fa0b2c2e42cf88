"""The rebuilt table against the live one, item by item and byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ninelives.ops.replay.rebuild_tables import Item, Shelf
from services.campaign.domain.sequences import Seen

LOOKS = 5
SECONDS_BETWEEN = 0.5
PRIVATE = {"name", "owner"}  # a player's words and who they are: said to differ, not shown


@dataclass(frozen=True)
class RowDifference:
    """A campaign whose items differ, and in what; neither holds a player's words."""

    campaign_id: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class RowComparison:
    """How many campaigns were compared, and the ones that differ."""

    compared: int
    differences: tuple[RowDifference, ...]


def compare(live: Shelf, rebuilt: Shelf, pause: Callable[[float], None]) -> RowComparison:
    """Compare all items. One that differs is looked at a few times more: an event may be on its way into both."""
    compared, suspects = _first_look(live, rebuilt)
    for _ in range(LOOKS):
        if not suspects:
            break
        pause(SECONDS_BETWEEN)
        suspects = [key for key in suspects if _one(live, key) != _one(rebuilt, key)]
    differences = (
        RowDifference(key.removeprefix("CAMPAIGN#"), _between(_one(live, key), _one(rebuilt, key))) for key in suspects
    )
    return RowComparison(compared, tuple(one for one in differences if one.what))


def _first_look(live: Shelf, rebuilt: Shelf) -> tuple[int, list[str]]:
    compared, suspects = 0, list[str]()
    for page in live.pages():
        others = rebuilt.get(list(page))
        compared += len(page)
        suspects += [key for key, item in page.items() if others.get(key) != item]
    for page in rebuilt.pages():
        only_here = page.keys() - live.get(list(page)).keys()
        compared += len(only_here)
        suspects += sorted(only_here)
    return compared, suspects


def _one(shelf: Shelf, key: str) -> Item | None:
    return shelf.get([key]).get(key)


def _between(live: Item | None, rebuilt: Item | None) -> tuple[str, ...]:
    if live is None or rebuilt is None:
        return () if live is rebuilt else (f"only the {'rebuilt' if live is None else 'live'} table has it",)
    return tuple(_in_attributes(live, rebuilt))


def _in_attributes(live: Item, rebuilt: Item) -> Iterator[str]:
    for name in sorted(live.keys() | rebuilt.keys()):
        if live.get(name) == rebuilt.get(name):
            continue
        if name == "line":
            yield from _in_lines(live.get(name), rebuilt.get(name))
        else:
            yield f"{name} differs"


def _in_lines(live: Any, rebuilt: Any) -> Iterator[str]:
    told, right = _line(live), _line(rebuilt)
    if told is None or right is None:
        yield f"the {'live' if told is None else 'rebuilt'} item holds no line"
        return
    if told == right:
        yield "line is written differently"
    for name in sorted(told.keys() | right.keys()):
        if told.get(name) != right.get(name):
            yield _in_field(name, told.get(name), right.get(name))


def _in_field(name: str, live: Any, rebuilt: Any) -> str:
    if name in PRIVATE:
        return f"{name} differs"
    if name == "seen":
        return f"live lacks events {_numbers(rebuilt, live)}, rebuilt lacks {_numbers(live, rebuilt)}"
    if isinstance(live, dict) and isinstance(rebuilt, dict):
        fields = sorted(key for key in live.keys() | rebuilt.keys() if live.get(key) != rebuilt.get(key))
        return "; ".join(f"{name}.{key} is {live.get(key)}, rebuilt {rebuilt.get(key)}" for key in fields)
    return f"{name} is {live}, rebuilt {rebuilt}"


def _numbers(having: Any, lacking: Any) -> str:
    """The runs of the first that are not in the second, as text."""
    try:
        most, known = Seen.model_validate(having), Seen.model_validate(lacking)
    except ValueError:
        return "that cannot be read"
    missing = [n for first, last in most.runs for n in range(first, last + 1) if n not in known]
    return ", ".join(map(str, missing[:20])) or "none"


def _line(attribute: Any) -> dict[str, Any] | None:
    try:
        read = json.loads(attribute["S"])
    except (KeyError, TypeError, ValueError):
        return None
    return read if isinstance(read, dict) else None
