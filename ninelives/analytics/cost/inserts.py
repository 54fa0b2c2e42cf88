"""INSERT statements of PartiQL, which the simulation of DynamoDB does not know with parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

from moto.dynamodb.models import DynamoDBBackend

Item = dict[str, Any]
_INSERT = re.compile(r"INSERT INTO \"([^\"]+)\" VALUE \{(.*)\}")
_NAME = re.compile(r"'([^']+)': \?")


def parse_insert(statement: Mapping[str, Any]) -> tuple[str, Item]:
    """The table and the item of an INSERT."""
    found = _INSERT.fullmatch(statement["Statement"])
    assert found, statement["Statement"]
    names = _NAME.findall(found[2])
    return found[1], dict(zip(names, statement["Parameters"], strict=True))


@contextmanager
def simulated_inserts() -> Iterator[None]:
    """The simulation answers a batch of INSERTs as DynamoDB does."""
    with mock.patch.object(DynamoDBBackend, "batch_execute_statement", _insert_all):
        yield


def _insert_all(backend: Any, statements: list[Item]) -> list[Item]:
    return [_insert(backend, *parse_insert(statement)) for statement in statements]


def _insert(backend: Any, table: str, item: Item) -> Item:
    if table not in backend.tables:
        return {"Error": {"Code": "ResourceNotFound", "Message": "Requested resource not found"}}
    keys = {name: item[name] for name in backend.get_table(table).table_key_attrs}
    if backend.get_item(table, keys):
        return {"Error": {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"}}
    backend.put_item(table, item)
    return {"TableName": table}
