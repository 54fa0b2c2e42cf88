"""Behaviour of transactions that the hook restores: one under way on an item has any other writer of it refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from ministack.services import dynamodb

from infra.local import emulator
from infra.local.hooks import transaction_conflicts
from services.metrics.adapters.cost_table import CostTable
from services.metrics.domain.data_points import CostLine, ToCount

Request = tuple[str, dict[str, Any]]
TABLE = "cats"
CONFLICTED = "TransactionConflict"


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty table in this process, whose transactions last."""
    monkeypatch.setattr(dynamodb, "handle_request", dynamodb.handle_request)
    transaction_conflicts.install()
    monkeypatch.setattr(transaction_conflicts.Conflicts, "seconds", 0.01)
    keys = [{"AttributeName": name, "KeyType": kind} for name, kind in (("pk", "HASH"), ("sk", "RANGE"))]
    types = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    described = {"TableName": TABLE, "KeySchema": keys, "AttributeDefinitions": types, "BillingMode": "PAY_PER_REQUEST"}
    together(("CreateTable", described))
    yield
    together(("DeleteTable", {"TableName": TABLE}))


def together(*requests: Request) -> list[dict[str, Any]]:
    """The answers to requests of which each comes while all before it are under way."""

    async def ask(action: str, request: dict[str, Any]) -> dict[str, Any]:
        headers = {"x-amz-target": f"DynamoDB_20120810.{action}"}
        _, _, body = await dynamodb.handle_request("POST", "/", headers, json.dumps(request).encode(), {})
        answer: dict[str, Any] = json.loads(body)
        return answer

    async def all_of_them() -> list[dict[str, Any]]:
        return await asyncio.gather(*(ask(*request) for request in requests))

    return asyncio.run(all_of_them())


def key(cat: str) -> dict[str, Any]:
    return {"pk": {"S": cat}, "sk": {"S": "-"}}


def put(cat: str, life: str = "1") -> dict[str, Any]:
    return {"TableName": TABLE, "Item": {**key(cat), "life": {"N": life}}}


def write(*cats: str, life: str = "1", token: str | None = None) -> Request:
    once = {"ClientRequestToken": token} if token else {}
    return "TransactWriteItems", {"TransactItems": [{"Put": put(cat, life)} for cat in cats], **once}


def read(*cats: str) -> Request:
    return "TransactGetItems", {"TransactItems": [{"Get": {"TableName": TABLE, "Key": key(cat)}} for cat in cats]}


def lives(*cats: str) -> list[str | None]:
    [found] = together(read(*cats))
    return [each.get("Item", {}).get("life", {}).get("N") for each in found["Responses"]]


def reasons(answer: dict[str, Any]) -> list[str]:
    assert answer["__type"] == "TransactionCanceledException", answer
    return [reason["Code"] for reason in answer["CancellationReasons"]]


def test_of_two_transactions_that_meet_on_an_item_the_later_is_cancelled_whole() -> None:
    first, second = together(write("tom", "kit", life="1"), write("ash", "kit", life="2"))

    assert "__type" not in first
    assert reasons(second) == ["None", CONFLICTED]
    assert lives("tom", "kit", "ash") == ["1", "1", None]


@pytest.mark.parametrize(
    "request_",
    [
        ("PutItem", put("kit", "2")),
        ("DeleteItem", {"TableName": TABLE, "Key": key("kit")}),
        ("UpdateItem", {"TableName": TABLE, "Key": key("kit"), "UpdateExpression": "REMOVE life"}),
    ],
    ids=lambda request: request[0],
)
def test_a_plain_write_to_an_item_of_a_transaction_under_way_is_refused(request_: Request) -> None:
    _, answer = together(write("tom", "kit"), request_)

    assert answer["__type"] == "TransactionConflictException"
    assert lives("kit") == ["1"]


def test_a_read_in_a_transaction_is_cancelled_while_one_of_its_items_is_written() -> None:
    _, answer = together(write("kit"), read("tom", "kit"))

    assert reasons(answer) == ["None", CONFLICTED]


def test_a_plain_read_sees_what_was_there_before() -> None:
    together(write("kit", life="1"))

    _, answer = together(write("kit", life="2"), ("GetItem", {"TableName": TABLE, "Key": key("kit")}))

    assert answer["Item"]["life"] == {"N": "1"}


def test_writes_to_other_items_meet_nobody() -> None:
    answers = together(write("tom", "kit"), write("ash"), ("PutItem", put("sam")), read("lou"))

    assert [each.get("__type") for each in answers] == [None] * 4
    assert lives("tom", "kit", "ash", "sam") == ["1"] * 4


def test_one_after_the_other_they_all_happen() -> None:
    for life in "123":
        together(write("kit", life=life))

    assert lives("kit") == ["3"]


def test_a_transaction_whose_condition_fails_lets_its_items_go() -> None:
    refused = {"Put": {**put("kit"), "ConditionExpression": "attribute_exists(pk)"}}
    [answer] = together(("TransactWriteItems", {"TransactItems": [refused]}))

    assert reasons(answer) == ["ConditionalCheckFailed"]
    assert "__type" not in together(write("kit"))[0]


def test_the_same_request_once_more_is_told_that_it_is_in_progress() -> None:
    _, again = together(write("kit", token="one"), write("kit", token="one"))

    assert again["__type"] == "TransactionInProgressException"


def test_a_faulty_request_is_left_to_the_emulator_to_refuse() -> None:
    _, *answers = together(write("kit"), ("TransactWriteItems", {}), ("PutItem", {"TableName": TABLE}))

    assert [each["__type"].rpartition("#")[2] for each in answers] == ["ValidationException"] * 2


def test_where_transactions_take_no_time_none_meets_another() -> None:
    transaction_conflicts.lasting(0)

    answers = together(write("kit"), write("kit"), ("PutItem", put("kit")))

    assert [each.get("__type") for each in answers] == [None] * 3


def test_what_was_refused_is_counted() -> None:
    before = transaction_conflicts.lasting(10)

    together(write("kit"), write("kit"), ("PutItem", put("kit")))

    assert transaction_conflicts.lasting(10) - before == 2


def test_over_the_wire_writers_of_one_line_meet_and_every_one_is_counted(cloud: Any) -> None:
    name, client = cloud.name("table"), cloud.client("dynamodb")
    keys = [{"AttributeName": each, "KeyType": kind} for each, kind in (("pk", "HASH"), ("sk", "RANGE"))]
    types = [{"AttributeName": each, "AttributeType": "S"} for each in ("pk", "sk")]
    client.create_table(TableName=name, KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
    line = CostLine(day="2026-03-04", model="m", turns=1, micro_dollars=7)
    costs, before = CostTable(client, name), lasting(cloud, 15)

    def count(number: int) -> bool:
        return bool(costs.count_all([ToCount(event_id=f"e{number}", turn=f"t{number}", cost=line)], 0.0))

    with ThreadPoolExecutor(4) as writers:
        counted = list(writers.map(count, range(16)))
    refused = lasting(cloud, 0) - before

    [kept] = client.query(
        TableName=name,
        KeyConditionExpression="pk = :day",
        ExpressionAttributeValues={":day": {"S": "LEDGER#2026-03-04"}},
    )["Items"]
    assert (counted, kept["turns"]["N"], kept["micro_dollars"]["N"]) == ([True] * 16, "16", "112")
    assert refused > 0


def lasting(cloud: Any, milliseconds: float) -> int:
    answer = emulator.ask(cloud.home, f"/_ninelives/transactions?lasting={milliseconds}")
    assert answer
    return int(answer["refused"])
