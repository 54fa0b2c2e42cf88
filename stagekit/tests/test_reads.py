from typing import Any

import pytest

from contracts.errors import Transient
from stagekit.reads import get_all
from tests.support.dynamodb import DynamoDB


def key(sk: str) -> dict[str, Any]:
    return {"pk": {"S": "cat"}, "sk": {"S": sk}}


def test_items_come_in_the_order_in_which_they_were_asked_for_and_one_that_is_not_there_is_none():
    table = DynamoDB()
    for sk in ("a", "b"):
        table.put_item(TableName="t", Item={**key(sk), "name": {"S": sk.upper()}})

    found = get_all(table, "t", [key("b"), key("missing"), key("a"), key("b")])  # type: ignore[arg-type]

    assert [item and item["name"]["S"] for item in found] == ["B", None, "A", "B"]


def test_no_place_is_asked_for_twice():
    asked = []

    class Counting(DynamoDB):
        def batch_get_item(self, *, RequestItems: Any) -> Any:
            asked.append(RequestItems["t"])
            return super().batch_get_item(RequestItems=RequestItems)

    get_all(Counting(), "t", [key("a"), key("b"), key("a")])  # type: ignore[arg-type]

    assert asked == [{"Keys": [key("a"), key("b")], "ConsistentRead": True}], (
        "AWS refuses a request with a key in it twice"
    )


def test_what_was_read_in_part_is_not_taken_for_the_whole():
    class Throttled(DynamoDB):
        def batch_get_item(self, *, RequestItems: Any) -> Any:
            return {"Responses": {"t": []}, "UnprocessedKeys": RequestItems}

    with pytest.raises(Transient):
        get_all(Throttled(), "t", [key("a")])  # type: ignore[arg-type]
