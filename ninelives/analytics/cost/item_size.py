"""The size of a DynamoDB item as it is charged: names and values in UTF-8, and a little for structure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STORED_OVERHEAD = 100
"""Bytes that storage adds to every item for its index."""


def item_size(item: Mapping[str, Any]) -> int:
    """Bytes of an item in the notation of the API: `{"pk": {"S": "…"}, …}`."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return len(content.strip("-").replace(".", "")) // 2 + 2
        case "B":
            return len(content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_size(each) for name, each in content.items())
        case "L":
            return 3 + sum(1 + _value_size(each) for each in content)
        case "SS" | "NS" | "BS":
            return sum(len(each) for each in content)
        case _:
            return 1
