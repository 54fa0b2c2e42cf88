"""DynamoDB for tests: moto's place under boto3, answered by the simulation's tables in dictionaries.

Moto's own DynamoDB took a quarter of the time of all tests. `tests/simulation/test_dynamodb.py` holds these tables
against it, and `make soak` asks moto itself what the tests of each service ask.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.models import botocore_stubber

from tests.simulation.dynamodb import DynamoDB, Table
from tests.simulation.errors import client_error
from tests.simulation.expressions import Item, Terms, condition
from tests.support.size import SOAKING

OK, REFUSED = 200, 400


@contextmanager
def quick_aws() -> Iterator[Tables]:
    """As `mock_aws`, with tables that are empty at first and answer in a tenth of the time."""
    with mock_aws(), _answered_by_tables() as tables:
        yield tables


@contextmanager
def dynamodb_alone() -> Iterator[None]:
    """An AWS that has DynamoDB and nothing else, for tests of one service: quick tables, or moto's in `make soak`."""
    with mock_aws() if SOAKING else _answered_by_tables():
        yield


@contextmanager
def _answered_by_tables() -> Iterator[Tables]:
    tables, send = Tables(), BaseClient._make_request  # type: ignore[attr-defined]

    def answer(client: Any, operation: Any, request: Item, context: Any) -> Any:
        service = client.meta.service_model.service_name
        if service != "dynamodb":
            assert botocore_stubber.enabled, f"{service} is not here: a test that asks it needs `mock_aws`, too"
            return send(client, operation, request, context)
        asked = json.loads(request["body"], object_hook=_read_binary)
        return tables.answer(xform_name(operation.name), asked)

    with patch.object(BaseClient, "_make_request", answer):
        yield tables


class Known(dict[str, Table]):
    """Tables by name."""

    def __missing__(self, name: str) -> Table:
        raise client_error("ResourceNotFoundException", name)


class Tables(DynamoDB):
    """The simulation's DynamoDB, whose tables are made and read whole by requests, too."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = Known()

    def answer(self, operation: str, asked: Item) -> tuple[Any, Item]:
        """The status and the content of an answer, as botocore parses it."""
        try:
            said = self.perform(operation, asked, asked.get("ClientRequestToken"), partial=False)
        except ClientError as error:
            return SimpleNamespace(status_code=REFUSED), dict(error.response)
        return SimpleNamespace(status_code=OK), {**said, "ResponseMetadata": {"HTTPStatusCode": OK}}

    def perform(self, operation: str, params: Item, token: Any, partial: bool) -> Item:
        match operation:
            case "create_table":
                keys = tuple(key["AttributeName"] for key in params["KeySchema"])
                self.tables[params["TableName"]] = Table(params["TableName"], keys)
                return {"TableDescription": {"TableName": params["TableName"]}}
            case "delete_table":
                del self.tables[params["TableName"]]
                return {}
            case "list_tables":
                return {"TableNames": list(self.tables)}
        return super().perform(operation, params, token, partial)

    def _scan(self, table: Table, params: Item) -> Item:
        holds = condition(params["FilterExpression"]) if "FilterExpression" in params else lambda _: True
        names, values = params.get("ExpressionAttributeNames", {}), params.get("ExpressionAttributeValues", {})
        places = list(table.items)
        if start := params.get("ExclusiveStartKey"):
            places = places[places.index(table.place(start)) + 1 :]
        read = places[: params.get("Limit", len(places))]
        found = [dict(table.items[each]) for each in read if holds(Terms(table.items[each], names, values))]
        last = {name: table.items[read[-1]][name] for name in table.keys} if len(read) < len(places) else None
        return {"Items": found, "Count": len(found), **({"LastEvaluatedKey": last} if last else {})}


def _read_binary(value: Item) -> Item:
    return {"B": b64decode(value["B"])} if value.keys() == {"B"} and isinstance(value["B"], str) else value
