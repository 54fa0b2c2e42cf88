"""Behaviour of DynamoDB streams and their consumers that the hooks restore."""

import json

import pytest

from infra.local import emulator, process

RELAY = """
    import json, urllib.request
    def handler(event, context):
        global calls
        calls = globals().get("calls", 0) + 1
        records = [record["dynamodb"]["Keys"]["pk"]["S"] for record in event["Records"]]
        failing = [r["dynamodb"]["SequenceNumber"] for r in event["Records"]] if calls == 1 and FAIL else []
        print("seen", json.dumps(records))
        return {"batchItemFailures": [{"itemIdentifier": number} for number in failing]}
"""


def streamed_table(cloud, fail=False):
    """A table whose inserts a function sees; returns the table's and the function's name."""
    dynamodb, name = cloud.client("dynamodb"), cloud.name("table")
    table = dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]
    function = cloud.function(f"    FAIL = {fail}\n{RELAY}")
    cloud.client("lambda").create_event_source_mapping(
        EventSourceArn=table["LatestStreamArn"],
        FunctionName=function,
        StartingPosition="TRIM_HORIZON",
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    return name, function


def put(cloud, table, *keys):
    for key in keys:
        cloud.client("dynamodb").put_item(TableName=table, Item={"pk": {"S": key}})


def batches(cloud, function):
    """The batches that the function was called with, call by call."""
    logs = cloud.client("logs")
    try:
        events = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
    except logs.exceptions.ResourceNotFoundException:
        return []
    lines = [event["message"].removeprefix("seen ") for event in events if event["message"].startswith("seen ")]
    return [json.loads(line) for line in lines]


def seen(cloud, function):
    return [key for batch in batches(cloud, function) for key in batch]


def test_a_batch_with_item_failures_is_delivered_again(cloud):
    table, function = streamed_table(cloud, fail=True)
    put(cloud, table, "one")

    assert cloud.until(lambda: seen(cloud, function) == ["one", "one"])


@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed after a snapshot"])
def test_after_a_restart_a_consumer_goes_on_where_it_stopped(restartable, killed):
    cloud = restartable
    table, function = streamed_table(cloud)
    put(cloud, table, "a", "b", "c")
    cloud.until(lambda: seen(cloud, function) == ["a", "b", "c"])
    if killed:
        emulator.snapshot(cloud.home)
        process.stop(emulator.running(cloud.home), grace=0)
        process.forget(cloud.home)
    else:
        emulator.stop(cloud.home)
    emulator.start(cloud.home)
    put(cloud, table, "d")

    assert cloud.until(lambda: seen(cloud, function)[-1:] == ["d"])
    assert seen(cloud, function) == ["a", "b", "c", "d"]
