"""The simulated DynamoDB answers what moto answers to every request that the system made in some evenings."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.simulation.dynamodb import INDEXES, DynamoDB
from tests.simulation.simulation import laboratory, simulate

GUESTS_AND_A_REBUILD = 158
READS = ("get_item", "query", "batch_get_item")


@pytest.fixture(scope="module", params=[12, GUESTS_AND_A_REBUILD])
def asked(request: pytest.FixtureRequest) -> list[tuple[str, Any, str]]:
    """Each request with what was answered, in order."""
    kept: list[tuple[str, Any, str]] = []
    perform = DynamoDB.perform

    def listening(self: DynamoDB, operation: str, params: Any, token: Any, partial: bool) -> Any:
        sent, repeated = deepcopy(params), operation == "transact_write_items" and token in self._done
        answer: Any = None
        try:
            answer = perform(self, operation, params, token, partial)
            return answer
        except ClientError as error:
            answer = error.response
            raise
        finally:
            if not partial and not repeated and token[0] != "direct":
                kept.append((operation, sent, _comparable(answer)))

    with laboratory(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(DynamoDB, "perform", listening)
        simulate(request.param, 4)
    return kept


def test_moto_answers_the_same(asked, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        moto = boto3.client("dynamodb", region_name="us-east-1")
        for table in {table for _, request, _ in asked for table in _tables(request)}:
            _make(moto, table)
        for operation, request, answer in asked:
            try:
                said = getattr(moto, operation)(**request)
            except ClientError as error:
                said = error.response
            assert _comparable(said) == answer, (operation, request)


def test_the_evening_asked_for_much(asked):
    operations = {operation for operation, _, _ in asked}

    assert operations >= {*READS, "put_item", "update_item", "transact_write_items", "batch_execute_statement"}
    assert any("ConditionalCheckFailed" in answer for _, _, answer in asked)


def _tables(request: Any) -> list[str]:
    if "TableName" in request:
        return [request["TableName"]]
    if "RequestItems" in request:
        return list(request["RequestItems"])
    if "Statements" in request:
        return [request["Statements"][0]["Statement"].split('"')[1]]
    return [next(iter(request["TransactItems"][0].values()))["TableName"]]


def _make(moto: Any, table: str) -> None:
    keys = ("id",) if table == "stages" else ("pk", "sk")
    used = [*keys, *(name for names in INDEXES.values() for name in names)] if table.startswith("proj") else list(keys)
    indexes = [
        {"IndexName": name, "KeySchema": _schema(names), "Projection": {"ProjectionType": "ALL"}}
        for name, names in INDEXES.items()
    ]
    moto.create_table(
        TableName=table,
        KeySchema=_schema(keys),
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in used],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": indexes} if table.startswith("proj") else {}),
    )


def _schema(keys: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)]


def _comparable(answer: Any) -> str:
    """The part of an answer that must be equal in both: without order in sets, and without the words of errors."""
    known = {name: answer[name] for name in ("Item", "Items", "Attributes", "Responses", "Error") if name in answer}
    if "Error" in known:
        reasons = [reason["Code"] for reason in answer.get("CancellationReasons", ())]
        known["Error"] = [known["Error"]["Code"], reasons]
    if "Attributes" in known:  # moto tells keys of a new item among what was updated
        known["Attributes"] = {n: value for n, value in known["Attributes"].items() if n not in ("pk", "sk", "id")}
    if isinstance(known.get("Responses"), dict):
        known["Responses"] = {t: sorted(found, key=str) for t, found in known["Responses"].items()}
    if isinstance(known.get("Responses"), list):
        known["Responses"] = [str(each.get("Error", {}).get("Code"))[:9] for each in known["Responses"]]
    return json.dumps(_unorder(known), sort_keys=True)


def _unorder(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: sorted(it) if name == "SS" else _unorder(it) for name, it in value.items()}
    return [_unorder(each) for each in value] if isinstance(value, list) else value
