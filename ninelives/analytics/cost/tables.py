"""Simulated DynamoDB with the tables of the templates."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace
from typing import Any
from unittest import mock

import boto3
from moto import mock_aws
from moto.dynamodb import models as simulation
from moto.dynamodb.models.table import Table

from ninelives.analytics.cost.assembly import TABLE, Assembly
from ninelives.analytics.cost.inserts import simulated_inserts
from ninelives.analytics.cost.item_size import STORED_OVERHEAD, item_size

SHAPE = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")


def without_undo() -> AbstractContextManager[Any]:
    """A simulation that does not copy a whole table before each transaction: for where no transaction fails."""
    shallow = SimpleNamespace(deepcopy=lambda value: value if isinstance(value, Table) else copy.deepcopy(value))
    return mock.patch.object(simulation, "copy", shallow)


@contextmanager
def simulated_tables(assembly: Assembly) -> Iterator[None]:
    """Empty tables. Clients made in this block find them, and nothing of AWS."""
    with mock_aws(), without_undo(), simulated_inserts():
        dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        for table in assembly.all(TABLE):
            given: dict[str, Any] = {name: table.properties[name] for name in SHAPE if name in table.properties}
            dynamodb.create_table(TableName=assembly.table_name(table), BillingMode="PAY_PER_REQUEST", **given)
        yield


def kept_bytes(assembly: Assembly) -> dict[str, int]:
    """The bytes that lie in the tables for good, by service: items without a time at which they expire."""
    found: dict[str, int] = {}
    for table in assembly.all(TABLE):
        expires = table.properties.get("TimeToLiveSpecification", {}).get("AttributeName")
        pages = boto3.client("dynamodb", region_name="us-east-1").get_paginator("scan")
        sizes = [
            item_size(item) + STORED_OVERHEAD
            for page in pages.paginate(TableName=assembly.table_name(table))
            for item in page["Items"]
            if expires not in item
        ]
        found[table.service] = found.get(table.service, 0) + sum(sizes)
    return found
