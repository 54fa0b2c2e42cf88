"""The rebuilt table against the live one, item by item and byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ninelives.ops.replay.rebuild_tables import Item, RawTable
from services.campaign.domain.sequences import Seen

LOOKS = 5
MOST_LOOKS = 480
"""While events are on their way: longer than a message that was received and not worked through stays unseen."""
SECONDS_BETWEEN = 0.5
PRIVATE = {"name", "owner"}  # a player's words and who they are: said to differ, not shown


@dataclass(frozen=True)
class RowDifference:
    """A campaign whose items differ, and in what; neither holds a player's words. `live_is_behind`: what the live table
    has of it is in the rebuilt one, which knows more."""

    campaign_id: str
    what: tuple[str, ...]
    live_is_behind: bool = False


@dataclass(frozen=True)
class RowComparison:
    """The number of campaigns compared, the ones that differ, and the number of events that are still on their way
    into the live table."""

    compared: int
    differences: tuple[RowDifference, ...]
    on_their_way: int = 0

    @property
    def rebuilt_is_as_good(self) -> bool:
        """Whether the rebuilt table lacks nothing that the live one has."""
        return all(one.live_is_behind for one in self.differences)


def compare(
    live: RawTable, rebuilt: RawTable, pause: Callable[[float], None], on_their_way: Callable[[], int]
) -> RowComparison:
    """Compare all items. One that differs is looked at again while events are on their way into the live table, and a
    few times more: a queue counts approximately."""
    compared, suspects = _first_look(live, rebuilt)
    looks, quiet, coming = 0, 0, 0
    while suspects and quiet < LOOKS and looks < MOST_LOOKS:
        pause(SECONDS_BETWEEN)
        coming = on_their_way()
        looks, quiet = looks + 1, 0 if coming else quiet + 1
        suspects = [key for key in suspects if _one(live, key) != _one(rebuilt, key)]
    differences = (_difference(key, _one(live, key), _one(rebuilt, key)) for key in suspects)
    return RowComparison(compared, tuple(one for one in differences if one.what), coming if suspects else 0)


def _first_look(live: RawTable, rebuilt: RawTable) -> tuple[int, list[str]]:
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


def _one(raw_table: RawTable, key: str) -> Item | None:
    return raw_table.get([key]).get(key)


def _difference(key: str, live: Item | None, rebuilt: Item | None) -> RowDifference:
    return RowDifference(key.removeprefix("CAMPAIGN#"), _between(live, rebuilt), _is_behind(live, rebuilt))


def _is_behind(live: Item | None, rebuilt: Item | None) -> bool:
    if live is None or rebuilt is None:
        return live is None
    told, right = _line(live.get("line")), _line(rebuilt.get("line"))
    if told is None or right is None:
        return False
    return _numbers(told.get("seen"), right.get("seen")) == "none" != _numbers(right.get("seen"), told.get("seen"))


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
