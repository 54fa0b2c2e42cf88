"""Arrays: positions, the rest, lengths, distinctness."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ninelives.contracttools.compatibility.findings import EACH, Gap
from ninelives.contracttools.compatibility.grammar import Schema
from ninelives.contracttools.compatibility.scalars import size_gaps

Covers = Callable[[Schema, Schema], list[Gap]]


def array_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], covers: Covers) -> Iterator[Gap]:
    most = _longest(writer)
    yield from size_gaps(writer.get("minItems", 0), most, reader, "minItems", "maxItems")
    yield from _item_gaps(writer, reader, covers, most)
    if reader.get("uniqueItems") and not writer.get("uniqueItems") and most > 1:
        yield Gap("uniqueItems", "the writer may repeat an item, the reader refuses that")


def _item_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], covers: Covers, most: float) -> Iterator[Gap]:
    fixed = max(len(schema.get("prefixItems", ())) for schema in (writer, reader))
    for index in range(int(min(fixed, most))):
        for gap in covers(_item(writer, index), _item(reader, index)):
            yield gap.under(f"[{index}]")
    if most > fixed:
        for gap in covers(_item(writer, fixed), _item(reader, fixed)):
            yield gap.under(EACH)


def _item(schema: Mapping[str, Any], index: int) -> Schema:
    prefix: list[Schema] = schema.get("prefixItems", [])
    rest: Schema = schema.get("items", True)
    return prefix[index] if index < len(prefix) else rest


def _longest(schema: Mapping[str, Any]) -> float:
    """The length that no array of this schema exceeds: `items: false` closes a tuple."""
    prefix: list[Schema] = schema.get("prefixItems", [])
    closed: float = prefix.index(False) if False in prefix else math.inf
    if schema.get("items") is False:
        closed = min(closed, len(prefix))
    stated: float = schema.get("maxItems", math.inf)
    return min(closed, stated)
