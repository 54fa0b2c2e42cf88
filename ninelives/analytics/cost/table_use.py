"""The use of DynamoDB by one call: units by the sizes of the items it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ninelives.analytics.cost.inserts import parse_insert
from ninelives.analytics.cost.item_size import item_size
from ninelives.analytics.cost.units import read_units, write_units

Item = Mapping[str, Any]
Lookup = Callable[[str, Item], Item]
"""The item as it is stored now under this key of this table; empty when there is none."""


@dataclass(frozen=True)
class Written:
    """One item that was written; `size` is in bytes."""

    table: str
    item: Item
    size: int


@dataclass
class TableUse:
    """Units of a call, and the items it wrote. A condition that fails costs the same."""

    reads: float = 0
    writes: float = 0
    written: list[Written] = field(default_factory=list)


def use_of(operation: str, asked: Item, answer: Item, stored: Lookup, indexes: Mapping[str, list[str]]) -> TableUse:
    """The use of one call. `indexes` names, by table, the sort key of each index that repeats whole items.

    An INSERT is charged as a put, an update by the whole item it leaves behind. An index entry whose sort key moves is
    deleted and put.
    """
    use = TableUse(reads=_reads(operation, asked, answer))
    transactional = operation == "TransactWriteItems"
    for table, item in _writes(operation, asked, stored):
        size = item_size(item)
        use.written.append(Written(table, item, size))
        use.writes += write_units(size, transactional=transactional)
        moved = sum(key in item for key in indexes.get(table, ()))
        use.writes += 2 * moved * write_units(size, transactional=transactional)
    return use


def _reads(operation: str, asked: Item, answer: Item) -> float:
    match operation:
        case "GetItem":
            return read_units(item_size(answer.get("Item", {})), consistent=bool(asked.get("ConsistentRead")))
        case "Query":
            return read_units(sum(map(item_size, answer["Items"])), consistent=bool(asked.get("ConsistentRead")))
        case "BatchGetItem":
            return sum(
                read_units(item_size(item), consistent=bool(asked["RequestItems"][table].get("ConsistentRead")))
                for table, items in answer["Responses"].items()
                for item in items
            )
        case _:
            return 0


def _writes(operation: str, asked: Item, stored: Lookup) -> Iterator[tuple[str, Item]]:
    match operation:
        case "BatchExecuteStatement":
            yield from map(parse_insert, asked["Statements"])
        case "PutItem":
            yield asked["TableName"], asked["Item"]
        case "UpdateItem" | "DeleteItem":
            yield asked["TableName"], stored(asked["TableName"], asked["Key"])
        case "TransactWriteItems":
            for action in asked["TransactItems"]:
                ((kind, given),) = action.items()
                yield given["TableName"], given["Item"] if kind == "Put" else stored(given["TableName"], given["Key"])
