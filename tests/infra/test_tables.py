"""Tables keep what must be kept and forget what must be forgotten."""

from __future__ import annotations

from tests.infra.templates import FUNCTION, TABLE, Cloud, Resource

EXPIRE = {"gateway": "expires_at", "metrics": "expires_at"}
"""Services whose items go by themselves, and the attribute that says when. All others keep what they have."""


def _holds_data(table: Resource) -> bool:
    return table.properties["KeySchema"][0]["AttributeName"] == "pk"


def test_each_service_that_keeps_something_has_tables_of_its_own(aws: Cloud) -> None:
    known = {
        (function.stack, value["Ref"])
        for function in aws.all(FUNCTION)
        for name, value in function.properties["Environment"]["Variables"].items()
        if name.endswith("_TABLE")
    }

    assert known == {(table.stack, table.id) for table in aws.all(TABLE)}
    assert {"audit", "campaign", "chronicle", "dm", "gateway", "metrics", "tools"} <= {stack for stack, _ in known}


def test_tables_are_paid_per_request_and_can_be_restored_to_any_second(aws: Cloud) -> None:
    for table in aws.all(TABLE):
        assert table.properties["BillingMode"] == "PAY_PER_REQUEST", table
    for table in filter(_holds_data, aws.all(TABLE)):
        recovery = table.properties["PointInTimeRecoverySpecification"]
        assert recovery["PointInTimeRecoveryEnabled"] is True, table


def test_data_outlives_its_stack_in_aws_and_cannot_be_deleted_by_accident(aws: Cloud) -> None:
    for table in filter(_holds_data, aws.all(TABLE)):
        assert table.body["DeletionPolicy"] == table.body["UpdateReplacePolicy"] == "Retain", table
        assert table.properties["DeletionProtectionEnabled"] is True, table


def test_on_a_laptop_a_stack_takes_its_data_with_it(local: Cloud) -> None:
    for table in local.all(TABLE):
        assert table.body["DeletionPolicy"] == "Delete", table
        assert not table.properties.get("DeletionProtectionEnabled"), table


def test_kept_answers_have_the_layout_of_powertools_and_expire(aws: Cloud) -> None:
    kept = [table for table in aws.all(TABLE) if not _holds_data(table)]

    assert {table.stack for table in kept} == {"dm", "tools"}
    for table in kept:
        assert table.properties["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
        assert table.properties["TimeToLiveSpecification"] == {"AttributeName": "expiration", "Enabled": True}
        assert "PointInTimeRecoverySpecification" not in table.properties  # worth nothing after a day


def test_admission_records_and_counts_expire_while_facts_do_not(aws: Cloud) -> None:
    for table in filter(_holds_data, aws.all(TABLE)):
        expiry = table.properties.get("TimeToLiveSpecification", {}).get("AttributeName")
        assert expiry == EXPIRE.get(table.stack), table


def test_tables_with_an_outbox_stream_what_is_new(aws: Cloud) -> None:
    streaming = [table for table in aws.all(TABLE) if "StreamSpecification" in table.properties]

    assert {table.stack for table in streaming} == {"campaign", "gateway"}
    for table in streaming:
        assert table.properties["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}


def test_a_players_campaigns_and_a_leaderboard_are_one_query_each_in_whichever_table_is_live(aws: Cloud) -> None:
    indexed = [table for table in aws.all(TABLE) if "GlobalSecondaryIndexes" in table.properties]

    assert len(indexed) == 2
    for table in indexed:
        indexes = {index["IndexName"]: index for index in table.properties["GlobalSecondaryIndexes"]}
        keys = {name: [key["AttributeName"] for key in index["KeySchema"]] for name, index in indexes.items()}
        assert keys == {"by-owner": ["gsi1pk", "gsi1sk"], "standings": ["gsi2pk", "gsi2sk"]}
        assert all(index["Projection"] == {"ProjectionType": "ALL"} for index in indexes.values())
