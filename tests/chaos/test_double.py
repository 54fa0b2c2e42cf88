"""The DynamoDB of the interleavings answers what moto answers to every request that a consumer makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from services.audit.adapters.table import DynamoAuditTable
from services.audit.application.record import Conflict, RecordResult, record
from services.audit.domain.entry import AuditEntry, entry_of
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.domain.projection_version import Building
from services.chronicle.adapters.chronicle_table import MOST_NAMES, ChronicleTable
from services.chronicle.domain.entry import IndexEntry, StoryFact, about
from tests.bench.partitions import PartitionedDynamoDB
from tests.chaos.delivery import Fact, Services, streams
from tests.support.archived_events import BEGAN
from tests.support.dynamodb import DynamoDB

TABLES = ("audit", "chronicle", "lines", "metrics", "side")
FACTS = [fact for facts in streams().values() for fact in facts]
CONSUMERS = ("audit", "projection", "chronicle", "metrics")
ONCE = [(consumer, fact) for consumer in CONSUMERS for fact in FACTS]
KEYS = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]


@pytest.fixture(scope="module")
def moto() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        environment.setenv("AWS_ACCESS_KEY_ID", "testing")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        yield boto3.client("dynamodb", region_name="us-east-1")


def empty(moto: Any) -> Any:
    """The client, with our tables and nothing in them."""
    for old in moto.list_tables()["TableNames"]:
        moto.delete_table(TableName=old)
    for table in TABLES:
        moto.create_table(
            TableName=table,
            KeySchema=KEYS,
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
    return moto


@pytest.fixture(params=["plain", "partitioned", "moto"])
def dynamodb(request: pytest.FixtureRequest, moto: Any) -> Any:
    """One after the other: what a test says holds for all."""
    doubles = {"plain": DynamoDB, "partitioned": PartitionedDynamoDB}
    return doubles[request.param]() if request.param in doubles else empty(moto)


def services_over(client: Any) -> Services:
    with patch("tests.chaos.delivery.DynamoDB", lambda meanwhile: client):
        return Services()


def contents_of(client: Any) -> dict[str, Any]:
    """All items of all tables; sets have no order."""
    return {
        name: {(item["pk"]["S"], item["sk"]["S"]): _unorder(item) for item in _items(client, name)} for name in TABLES
    }


def _items(client: Any, table: str) -> list[Any]:
    if isinstance(client, DynamoDB):
        return list(client.tables.get(table, {}).values())
    return list(client.scan(TableName=table)["Items"])


def _unorder(item: Any) -> Any:
    return {
        name: {kind: sorted(it) if kind == "SS" else it for kind, it in value.items()} for name, value in item.items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_same_work_keeps_the_same_items_in_the_double_and_in_moto(moto, seed):
    random = Random(seed)
    deliveries = ONCE + random.choices(ONCE, k=40)
    random.shuffle(deliveries)
    left_out = random.randrange(40)
    clients = (DynamoDB(), PartitionedDynamoDB(), empty(moto))
    for client in clients:
        services = services_over(client)
        for consumer, fact in deliveries[left_out:]:
            services.consumers[consumer](fact)

    plain, partitioned, real = map(contents_of, clients)

    assert all(real[name] for name in ("audit", "chronicle", "lines", "metrics"))
    assert plain == real
    assert partitioned == real


def entry(fact: Fact) -> AuditEntry:
    return entry_of(fact.any.source, fact.any.detail_type, fact.any.metadata, fact.any.data)


def index_entry(turn: int) -> IndexEntry:
    return IndexEntry(subject=about("mags"), fact=StoryFact(turn=turn, position=0, text=f"Turn {turn}."))


def test_a_taken_place_tells_what_it_holds(dynamodb):
    table = DynamoAuditTable(dynamodb, "audit")
    first = {"pk": "STREAM", "sk": "1", "digest": "a"}

    assert table.add(first) is None
    assert table.add({**first, "digest": "b"}) == first


def test_a_condition_that_fails_is_the_error_of_that_name(dynamodb):
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}}
    write = {"TableName": "audit", "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
    dynamodb.put_item(**write)

    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException) as failed:
        dynamodb.put_item(**write)

    assert isinstance(failed.value, ClientError)
    assert failed.value.response["Error"]["Code"] == "ConditionalCheckFailedException"


def test_a_cancelled_transaction_names_its_reasons_and_writes_nothing(dynamodb):
    mark = {"Put": {"TableName": "metrics", "Item": {"pk": {"S": "COUNTED#1"}, "sk": {"S": "-"}}}}
    mark["Put"]["ConditionExpression"] = "attribute_not_exists(pk)"
    key = {"pk": {"S": "LEDGER"}, "sk": {"S": "-"}}
    addition = {
        "Update": {
            "TableName": "metrics",
            "Key": key,
            "UpdateExpression": "ADD turns :turns",
            "ExpressionAttributeValues": {":turns": {"N": "1"}},
        }
    }
    dynamodb.transact_write_items(TransactItems=[mark, addition])

    with pytest.raises(ClientError) as failed:
        dynamodb.transact_write_items(TransactItems=[mark, addition])

    assert failed.value.response["Error"]["Code"] == "TransactionCanceledException"
    assert "ConditionalCheckFailed" in [reason["Code"] for reason in failed.value.response["CancellationReasons"]]
    assert dynamodb.get_item(TableName="metrics", Key=key)["Item"]["turns"] == {"N": "1"}


def test_an_altered_fact_is_refused_and_a_repeated_one_is_known(dynamodb):
    table, fact = DynamoAuditTable(dynamodb, "audit"), entry(FACTS[0])

    assert record(fact, table) == RecordResult(duplicate=False)
    assert record(fact, table) == RecordResult(duplicate=True)
    with pytest.raises(Conflict):
        record(fact.model_copy(update={"digest": "0" * 64}), table)


def test_reads_are_in_order_from_either_end_and_stop_at_their_limit(dynamodb):
    book = ChronicleTable(dynamodb, "chronicle")
    book.write("c", map(index_entry, (30, 4, 200, 11)), frozenset(), fresh=True)

    assert [fact.turn for fact in book.first("c", about("mags"), before=200, count=2)] == [4, 11]
    assert [fact.turn for fact in book.latest("c", about("mags"), before=200, count=2)] == [30, 11]
    assert book.latest("c", about("nobody"), before=200, count=2) == ()


def test_names_are_added_until_there_are_too_many(dynamodb):
    book = ChronicleTable(dynamodb, "chronicle")
    many = frozenset(f"word-{number}" for number in range(MOST_NAMES))
    book.write("c", (), frozenset({"mags"}), fresh=True)
    book.write("c", (), many, fresh=True)
    book.write("c", (), frozenset({"too-late"}), fresh=True)

    assert book.names("c", 9) == {"mags", *many}


def test_a_generation_is_replaced_by_one_of_two(dynamodb):
    versions = ProjectionVersions(dynamodb, {"projection": "lines", "side": "side"})
    building = Building(by="somebody", since=BEGAN, replay="rebuild-1")
    mine = versions.read().start_rebuild(building)
    theirs = versions.read().start_rebuild(building.model_copy(update={"since": BEGAN + timedelta(1)}))

    assert [versions.replace(mine), versions.replace(theirs)] == [True, False]
    assert versions.read() == mine
    assert versions.replace(mine.swap())
    assert versions.read().live == "side"
