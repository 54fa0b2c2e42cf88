"""Stored data ends by itself, or docs/privacy.md says why it stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from infra.stacks.chronicle import FRESH
from infra.stacks.gateway import SETTLES
from tests.infra.templates import QUEUE, TABLE, Cloud, Resource
from tests.support.privacy_page import Held, read_page

ARCHIVE, BUCKET, POOL = "AWS::Events::Archive", "AWS::S3::Bucket", "AWS::Cognito::UserPool"
FOURTEEN_DAYS = 14 * 24 * 3600


def _name(store: Resource) -> str:
    """Its stack and path, without the signs that a logical id cannot have, and the digest at its end."""
    return f"{store.stack}/{re.sub('[0-9A-F]{8}$', '', store.id)}"


def _lines() -> Iterator[tuple[str, Held]]:
    for line in read_page():
        for stack, _, path in (name.partition("/") for name in line.where if "/" in name):
            yield f"{stack}/{re.sub('[^A-Za-z]', '', path)}", line


def _ends(store: Resource) -> bool:
    """Whether what lies in it goes by itself."""
    if store.type == TABLE:
        return "TimeToLiveSpecification" in store.properties
    if store.type == BUCKET:
        rules = store.properties.get("LifecycleConfiguration", {}).get("Rules", [])
        return any(rule["Status"] == "Enabled" and "ExpirationInDays" in rule for rule in rules)
    return "RetentionDays" in store.properties


def test_every_store_has_a_line_in_the_page_and_every_line_a_store(aws: Cloud) -> None:
    assert {_name(each) for each in aws.all(TABLE, BUCKET, ARCHIVE, POOL)} == {name for name, _ in _lines()}


def test_a_store_that_forgets_nothing_has_a_reason_on_every_line(aws: Cloud, local: Cloud) -> None:
    for store in (*aws.all(TABLE, BUCKET, ARCHIVE, POOL), *local.all(TABLE, BUCKET, ARCHIVE, POOL)):
        lines = [line for name, line in _lines() if name == _name(store)]
        assert _ends(store) or all(line.stays for line in lines), store


def test_every_line_says_why_and_what_becomes_of_it() -> None:
    for _, line in _lines():
        assert line.what and line.why and line.how_long and line.erased and line.exported, line
        assert line.stays or re.match(r"\d+ (minute|hour|day)s?\b", line.how_long), line


def test_exports_lie_in_a_private_bucket_for_a_day(aws: Cloud) -> None:
    [bucket] = [each for each in aws.all(BUCKET) if each.stack == "gateway"]
    [rule] = bucket.properties["LifecycleConfiguration"]["Rules"]

    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 1)
    assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket.properties["BucketEncryption"]


def test_messages_and_dead_letters_are_kept_for_a_fortnight_at_most_and_logs_for_a_month(
    aws: Cloud, local: Cloud
) -> None:
    for cloud in (aws, local):
        assert max(each.properties.get("MessageRetentionPeriod", 0) for each in cloud.all(QUEUE)) == FOURTEEN_DAYS
        for group in cloud.all("AWS::Logs::LogGroup"):
            assert group.properties["RetentionInDays"] <= 30, group


def test_what_dynamodb_says_of_guests_who_expired_is_heard_by_whoever_erases(aws: Cloud) -> None:
    erases = aws.function("gateway/erase").id
    mappings = aws.all("AWS::Lambda::EventSourceMapping")
    [mapping] = [each.properties for each in mappings if each.properties["FunctionName"] == {"Ref": erases}]
    heard = [json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]]

    [expired] = [each for each in heard if each["eventName"] == ["REMOVE"]]
    assert expired["userIdentity"]["principalId"] == ["dynamodb.amazonaws.com"]
    assert expired["dynamodb"]["Keys"]["sk"]["S"] == [{"prefix": "GUEST#"}]
    streams = [each.properties["EventSourceArn"] for each in mappings if each.stack == "gateway"]
    assert streams.count(mapping["EventSourceArn"]) == 2  # as many as a stream carries well


@pytest.mark.parametrize("target", FRESH)
def test_a_fact_that_is_filed_without_a_look_is_there_before_an_erasure_looks_for_the_last_time(target: str) -> None:
    longest_run = 30

    assert FRESH.keys() == SETTLES.keys()
    assert FRESH[target] == 0 or FRESH[target] + longest_run <= SETTLES[target]
