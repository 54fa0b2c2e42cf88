"""A call to DynamoDB uses units by the items it touches."""

from __future__ import annotations

from typing import Any

from ninelives.analytics.cost.table_use import Item, use_of

PLAYER = {"pk": {"S": "p"}, "body": {"S": "x" * 1500}}
KEY = {"pk": {"S": "p"}}


def _look_up(table: str, key: Item) -> Item:
    return PLAYER if key == KEY else {}


def _use(operation: str, asked: Any, answer: Any = None, indexes: Any = None) -> Any:
    return use_of(operation, asked, answer or {}, _look_up, indexes or {})


def test_a_put_is_charged_by_its_item() -> None:
    assert _use("PutItem", {"TableName": "t", "Item": PLAYER}).writes == 2


def test_an_update_is_charged_by_the_whole_item_it_leaves_behind() -> None:
    assert _use("UpdateItem", {"TableName": "t", "Key": KEY, "UpdateExpression": "SET a = :a"}).writes == 2


def test_a_transaction_is_charged_twice_for_each_of_its_items() -> None:
    put = {"Put": {"TableName": "t", "Item": PLAYER}}
    update = {"Update": {"TableName": "t", "Key": KEY}}

    assert _use("TransactWriteItems", {"TransactItems": [put, update]}).writes == 8


def test_an_index_entry_that_moves_is_charged_as_two_more_writes() -> None:
    listed = {**PLAYER, "touched": {"S": "now"}}

    assert _use("PutItem", {"TableName": "t", "Item": listed}, indexes={"t": ["touched"]}).writes == 6
    assert _use("PutItem", {"TableName": "t", "Item": PLAYER}, indexes={"t": ["touched"]}).writes == 2


def test_a_query_is_charged_by_its_items_together() -> None:
    few = {"Items": [PLAYER] * 2}

    assert _use("Query", {"TableName": "t", "ConsistentRead": True}, few).reads == 1
    assert _use("Query", {"TableName": "t"}, {"Items": [PLAYER] * 3}).reads == 1


def test_reading_what_is_not_there_is_charged() -> None:
    assert _use("GetItem", {"TableName": "t", "ConsistentRead": True}).reads == 1
