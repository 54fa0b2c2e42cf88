"""DynamoDB in dictionaries: conditions, transactions, indexes and streams, as far as the services use them.

A request is one moment: what lies between a client and this moment, and what goes wrong there, is the network's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from zlib import crc32

from ninelives.analytics.cost.inserts import parse_insert
from tests.simulation.errors import client_error
from tests.simulation.expressions import Item, Terms, condition, update

Place = tuple[str, ...]
Listener = Callable[[Item], None]
_NOTHING: Item = {}
INDEXES = {"by-owner": ("gsi1pk", "gsi1sk"), "standings": ("gsi2pk", "gsi2sk")}


@dataclass
class Table:
    """A table by its keys. `listener` hears each item that is inserted, `witnesses` each that is written."""

    name: str
    keys: tuple[str, ...] = ("pk", "sk")
    listener: Listener | None = None
    witnesses: list[Listener] = field(default_factory=list)
    items: dict[Place, Item] = field(default_factory=dict)
    partitions: dict[str, dict[Place, None]] = field(default_factory=dict)

    def place(self, key: Item) -> Place:
        return tuple([key[name]["S"] for name in self.keys])

    def put(self, item: Item) -> None:
        place = self.place(item)
        new = place not in self.items
        self.items[place] = item
        self.partitions.setdefault(place[0], {})[place] = None
        for witness in self.witnesses:
            witness(item)
        if new and self.listener:
            self.listener(item)

    def delete(self, place: Place) -> None:
        if self.items.pop(place, None) is not None:
            del self.partitions[place[0]][place]


class DynamoDB:
    """The service: `perform` is one request."""

    def __init__(self, *tables: Table) -> None:
        self.tables = {table.name: table for table in tables}
        self._done: dict[Any, None] = {}
        """Tokens of transactions that were written: the same token writes no second time."""

    def perform(self, operation: str, params: Item, token: Any, partial: bool) -> Item:
        if operation == "transact_write_items":
            return self._transact(params["TransactItems"], token)
        if operation in ("batch_get_item", "batch_write_item", "batch_execute_statement"):
            return getattr(self, f"_{operation}")(params, partial)  # type: ignore[no-any-return]
        return getattr(self, f"_{operation}")(self.tables[params["TableName"]], params)  # type: ignore[no-any-return]

    def _get_item(self, table: Table, params: Item) -> Item:
        held = table.items.get(table.place(params["Key"]))
        return {} if held is None else {"Item": dict(held)}

    def _batch_get_item(self, params: Item, partial: bool) -> Item:
        asked = [(name, key) for name, each in params["RequestItems"].items() for key in each["Keys"]]
        found: dict[str, list[Item]] = {name: [] for name in params["RequestItems"]}
        left = asked.pop(crc32(repr(asked).encode()) % len(asked)) if partial else None
        for name, key in asked:
            held = self.tables[name].items.get(self.tables[name].place(key))
            found[name] += [dict(held)] if held is not None else []
        return {"Responses": found, "UnprocessedKeys": {left[0]: {"Keys": [left[1]]}} if left else {}}

    def _batch_write_item(self, params: Item, partial: bool) -> Item:
        """Deletes, each for itself."""
        asked = [(name, each) for name, requests in params["RequestItems"].items() for each in requests]
        for name, each in asked[:-1] if partial else asked:
            self.tables[name].delete(self.tables[name].place(each["DeleteRequest"]["Key"]))
        left = {name: [each] for name, each in asked[-1:]} if partial else {}
        return {"UnprocessedItems": left}

    def _put_item(self, table: Table, params: Item) -> Item:
        item = params["Item"]
        self._require(table, table.place(item), params, "PutItem")
        table.put(dict(item))
        return {}

    def _delete_item(self, table: Table, params: Item) -> Item:
        place = table.place(params["Key"])
        held = self._require(table, place, params, "DeleteItem")
        table.delete(place)
        return {"Attributes": dict(held)} if held and params.get("ReturnValues") == "ALL_OLD" else {}

    def _update_item(self, table: Table, params: Item) -> Item:
        place = table.place(params["Key"])
        held = self._require(table, place, params, "UpdateItem")
        new = _update(held, params)
        table.put(new)
        match params.get("ReturnValues"):
            case "ALL_NEW":
                return {"Attributes": dict(new)}
            case "UPDATED_NEW":
                changed = {name: value for name, value in new.items() if not held or held.get(name) != value}
                return {"Attributes": {name: value for name, value in changed.items() if name not in table.keys}}
        return {}

    def _query(self, table: Table, params: Item) -> Item:
        index = params.get("IndexName")
        keys = INDEXES[index] if index else table.keys
        holds = condition(params["KeyConditionExpression"])
        names, values = params.get("ExpressionAttributeNames", {}), params["ExpressionAttributeValues"]
        found = [item for item in self._candidates(table, index, values) if holds(Terms(item, names, values))]
        backwards = not params.get("ScanIndexForward", True)
        found.sort(key=lambda item: item[keys[1]]["S"], reverse=backwards)
        if start := params.get("ExclusiveStartKey"):
            after = start[keys[1]]["S"]
            found = [
                each for each in found if (each[keys[1]]["S"] < after if backwards else each[keys[1]]["S"] > after)
            ]
        limit = params.get("Limit", len(found))
        page = [dict(item) for item in found[:limit]]
        more = len(found) >= limit > 0 and bool(page) and len(found) > len(page)
        last = {name: page[-1][name] for name in {*table.keys, *keys}} if more else None
        return {"Items": _project(page, params), **({"LastEvaluatedKey": last} if last else {})}

    def _scan(self, table: Table, params: Item) -> Item:
        places = sorted(table.items)
        if start := params.get("ExclusiveStartKey"):
            places = [place for place in places if place > table.place(start)]
        page = places[: params.get("Limit", len(places))]
        holds = condition(params.get("FilterExpression", "attribute_exists(pk)"))
        names, values = params.get("ExpressionAttributeNames", {}), params.get("ExpressionAttributeValues", {})
        found = [dict(table.items[place]) for place in page if holds(Terms(table.items[place], names, values))]
        last = {name: table.items[page[-1]][name] for name in table.keys} if len(page) < len(places) else None
        return {"Items": _project(found, params), **({"LastEvaluatedKey": last} if last else {})}

    def _candidates(self, table: Table, index: str | None, values: Item) -> Iterator[Item]:
        if index:
            first = INDEXES[index][0]
            return (item for item in table.items.values() if first in item)
        places = next(
            (table.partitions[v["S"]] for v in values.values() if v.get("S") in table.partitions), dict[Place, None]()
        )
        return (table.items[place] for place in places)

    def _transact(self, actions: list[Item], token: Any) -> Item:
        if token in self._done:
            return {}
        writes = [(self.tables[write["TableName"]], kind, write) for each in actions for kind, write in each.items()]
        places = [table.place(write["Item"] if kind == "Put" else write["Key"]) for table, kind, write in writes]
        assert len(set(zip(map(itemgetter(0), map(_name, writes)), places, strict=True))) == len(writes), (
            "one item twice"
        )
        reasons = [
            _reason(table.items.get(place), write) for (table, _, write), place in zip(writes, places, strict=True)
        ]
        if any(reason["Code"] != "None" for reason in reasons):
            raise client_error("TransactionCanceledException", "TransactWriteItems", CancellationReasons=reasons)
        for (table, kind, write), place in zip(writes, places, strict=True):
            match kind:
                case "Put":
                    table.put(dict(write["Item"]))
                case "Update":
                    table.put(_update(table.items.get(place), write))
                case "Delete":
                    table.delete(place)
        self._done[token] = None
        return {}

    def _batch_execute_statement(self, params: Item, partial: bool) -> Item:
        """INSERTs, each for itself."""
        answers: list[Item] = []
        for number, statement in enumerate(params["Statements"]):
            name, item = parse_insert(statement)
            table = self.tables[name]
            if table.place(item) in table.items:
                answers.append({"Error": {"Code": "DuplicateItem"}})
            elif partial and number == len(params["Statements"]) - 1:
                answers.append({"Error": {"Code": "ThrottlingError"}})
            else:
                table.put(dict(item))
                answers.append({"TableName": name})
        return {"Responses": answers}

    def _require(self, table: Table, place: Place, params: Item, operation: str) -> Item | None:
        """Returns the item at this place. Raises when the condition does not hold."""
        held = table.items.get(place)
        if _holds(held, params):
            return held
        told = params.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and held is not None
        more = {"Item": dict(held or {})} if told else {}
        raise client_error("ConditionalCheckFailedException", operation, **more)


def _project(items: list[Item], params: Item) -> list[Item]:
    """The attributes of these items that were asked for."""
    shown, names = params.get("ProjectionExpression"), params.get("ExpressionAttributeNames", _NOTHING)
    if not shown:
        return items
    wanted = {names.get(name, name) for name in shown.replace(" ", "").split(",")}
    return [{name: value for name, value in item.items() if name in wanted} for item in items]


def _name(write: tuple[Table, str, Item]) -> tuple[str]:
    return (write[0].name,)


def _holds(held: Item | None, request: Item) -> bool:
    text = request.get("ConditionExpression")
    return text is None or condition(text)(_terms(held, request))


def _reason(held: Item | None, write: Item) -> Item:
    return {"Code": "None" if _holds(held, write) else "ConditionalCheckFailed"}


def _update(held: Item | None, request: Item) -> Item:
    new = dict(held or request["Key"])
    update(request["UpdateExpression"])(_terms(held, request), new)
    return new


def _terms(held: Item | None, request: Item) -> Terms:
    names, values = (
        request.get("ExpressionAttributeNames", _NOTHING),
        request.get("ExpressionAttributeValues", _NOTHING),
    )
    return Terms(held or _NOTHING, names, values)
