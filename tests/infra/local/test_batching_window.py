"""Behaviour that the hook restores of queues whose messages are collected before their consumer is called."""

from __future__ import annotations

from typing import Any

from tests.infra.local.test_stream_hooks import batches

COLLECTOR = """
    import json
    def handler(event, context):
        print("seen", json.dumps([record["body"] for record in event["Records"]]))
"""


def collecting(cloud: Any, window: int, size: int) -> tuple[str, str]:
    """A queue's URL, and the function that is called with what was collected."""
    url, arn = cloud.queue()
    function = cloud.function(COLLECTOR)
    cloud.client("lambda").create_event_source_mapping(
        EventSourceArn=arn, FunctionName=function, BatchSize=size, MaximumBatchingWindowInSeconds=window
    )
    return url, function


def send(cloud: Any, url: str, *bodies: str) -> None:
    for body in bodies:
        cloud.client("sqs").send_message(QueueUrl=url, MessageBody=body)


def test_messages_that_come_within_the_window_come_together(cloud: Any) -> None:
    url, function = collecting(cloud, window=2, size=50)

    send(cloud, url, *(str(number) for number in range(12)))

    assert cloud.until(lambda: batches(cloud, function)) == [[str(number) for number in range(12)]]


def test_a_full_batch_is_not_waited_with(cloud: Any) -> None:
    url, function = collecting(cloud, window=300, size=2)

    send(cloud, url, "a", "b", "c")

    assert cloud.until(lambda: batches(cloud, function)) == [["a", "b"]]


def test_a_queue_without_a_window_is_read_at_once(cloud: Any) -> None:
    url, function = collecting(cloud, window=0, size=10)

    send(cloud, url, "a")

    assert cloud.until(lambda: batches(cloud, function)) == [["a"]]
