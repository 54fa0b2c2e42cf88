"""Behaviour of DynamoDB streams and their consumers that the hooks restore."""

import json

import pytest
from ministack.services import dynamodb, lambda_svc

from infra.local import emulator, process
from infra.local.hooks import stream_window

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


def streamed_table(cloud, fail=False, **mapping):
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
        **mapping,
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


def list_seen(cloud, function):
    return [key for batch in batches(cloud, function) for key in batch]


def test_a_batch_with_item_failures_is_delivered_again(cloud):
    table, function = streamed_table(cloud, fail=True)
    put(cloud, table, "one")

    assert cloud.until(lambda: list_seen(cloud, function) == ["one", "one"])


def test_a_consumer_that_collects_is_called_once_for_what_comes_in_its_window(cloud):
    table, function = streamed_table(cloud, MaximumBatchingWindowInSeconds=5)
    put(cloud, table, "a", "b", "c")

    assert cloud.until(lambda: list_seen(cloud, function) == ["a", "b", "c"])
    assert len(batches(cloud, function)) == 1


@pytest.fixture
def collecting(monkeypatch):
    """A consumer with a window, that has read nothing yet; until when the emulator passes over it; and how many records
    there are."""
    passed_over, end = {}, {"table": 0}
    monkeypatch.setattr(stream_window, "readers", lambda: [("relay", "table")])
    monkeypatch.setattr(stream_window, "_until", {})
    monkeypatch.setattr(stream_window, "_wake_in", lambda seconds: None)
    monkeypatch.setattr(dynamodb, "stream_end_position", end.get)
    monkeypatch.setattr(lambda_svc, "_esms", {"relay": {"MaximumBatchingWindowInSeconds": 5, "BatchSize": 10}})
    monkeypatch.setattr(lambda_svc, "_dynamodb_stream_positions", {"relay": 0})
    monkeypatch.setattr(lambda_svc, "_esm_backoff_until", passed_over)
    return passed_over, end


def test_a_window_begins_with_the_first_record_and_ends_with_a_full_batch(collecting):
    passed_over, end = collecting

    stream_window._hold_back(100.0)
    assert passed_over == {}
    end["table"] = 1
    stream_window._hold_back(101.0)
    end["table"] = 9
    stream_window._hold_back(101.5)
    assert passed_over == {"relay": 102.0}
    end["table"] = 10
    stream_window._hold_back(101.6)
    assert passed_over == {}


def test_after_its_window_a_consumer_is_called_and_a_failure_still_waits_its_time(collecting):
    passed_over, end = collecting

    end["table"] = 1
    stream_window._hold_back(101.0)
    stream_window._hold_back(102.0)
    assert passed_over == {}
    passed_over["relay"] = 110.0  # the call has failed
    stream_window._hold_back(103.0)
    stream_window._hold_back(104.0)
    assert passed_over == {"relay": 110.0}


@pytest.mark.parametrize("killed", [False, True], ids=["stopped", "killed after a snapshot"])
def test_after_a_restart_a_consumer_goes_on_where_it_stopped(restartable, killed):
    cloud = restartable
    table, function = streamed_table(cloud)
    put(cloud, table, "a", "b", "c")
    cloud.until(lambda: list_seen(cloud, function) == ["a", "b", "c"])
    if killed:
        emulator.snapshot(cloud.home)
        process.stop(emulator.running(cloud.home), grace=0)
        process.forget(cloud.home)
    else:
        emulator.stop(cloud.home)
    emulator.start(cloud.home)
    put(cloud, table, "d")

    assert cloud.until(lambda: list_seen(cloud, function)[-1:] == ["d"])
    assert list_seen(cloud, function) == ["a", "b", "c", "d"]
