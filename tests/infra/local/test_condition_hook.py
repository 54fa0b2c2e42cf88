"""The text of a condition is all that is kept: its values, its items and its faults are looked at every time."""

import pytest
from botocore.exceptions import ClientError
from ministack.services import _dynamodb_keywords, dynamodb

from infra.local.hooks import dynamodb_conditions

BEFORE = "pk = :owner AND sk < :before"


@pytest.fixture(scope="module")
def table(cloud):
    """Ten items of each of two owners."""
    name, client = cloud.name("table"), cloud.client("dynamodb")
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    for owner in ("tom", "kit"):
        for number in range(10):
            client.put_item(TableName=name, Item={"pk": {"S": owner}, "sk": {"S": f"{owner}-{number}"}})
    return name


def find(cloud, table, condition, **values):
    asked = {f":{name}": {"S": value} for name, value in values.items()}
    reply = cloud.client("dynamodb").query(
        TableName=table, KeyConditionExpression=condition, ExpressionAttributeValues=asked
    )
    return [item["sk"]["S"] for item in reply["Items"]]


def test_one_text_finds_what_its_values_say(cloud, table):
    assert find(cloud, table, BEFORE, owner="tom", before="tom-2") == ["tom-0", "tom-1"]
    assert find(cloud, table, BEFORE, owner="tom", before="tom-1") == ["tom-0"]
    assert find(cloud, table, BEFORE, owner="kit", before="kit-1") == ["kit-0"]


def test_a_faulty_condition_is_refused_however_often_it_comes(cloud, table):
    for _ in range(2):
        with pytest.raises(ClientError, match="KeyConditionExpression"):
            find(cloud, table, "pk = :owner AND sk < < :before", owner="tom", before="tom-2")


def test_a_condition_is_read_and_checked_once_for_all_items(monkeypatch):
    asked = []
    for module, name in (
        (dynamodb, "_tokenize"),
        (dynamodb, "_condition_syntax_error"),
        (_dynamodb_keywords, "_tokenize"),
    ):
        original = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *text, name=name, of=original: asked.append(name) or of(*text))
    dynamodb_conditions.install()

    held = [
        dynamodb._evaluate_condition("lives > :none", {"lives": {"N": str(left)}}, {":none": {"N": "0"}}, {})
        for left in (0, 1, 9)
    ]

    assert held == [False, True, True]
    assert sorted(asked) == ["_condition_syntax_error", "_tokenize"]


def test_a_statement_that_comes_again_means_what_its_parameters_say(monkeypatch):
    asked, original = [], _dynamodb_keywords._tokenize
    monkeypatch.setattr(_dynamodb_keywords, "_tokenize", lambda text: asked.append(text) or original(text))
    for name in ("_tokenize", "_condition_syntax_error"):
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    dynamodb_conditions.install()

    told = [
        dynamodb._parse_partiql("INSERT INTO \"cats\" VALUE {'name': ?}", [{"S": name}])["item"]
        for name in ("Tom", "Kit")
    ]

    assert told == [{"name": {"S": "Tom"}}, {"name": {"S": "Kit"}}]
    assert len(asked) == 1
