"""Events that consumers and relays gave up on come back after the mending, and count exactly once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from ninelives.cli.dlq import dlq_app
from tests.support.cloud import NOWHERE, Cloud
from tests.support.driving import Game
from tests.support.waiting import together, until

pytestmark = [pytest.mark.cloud, pytest.mark.slow]

TURNS = 2
BROKEN = {
    "audit/events": ("record", "AUDIT_TABLE"),
    "metrics/events": ("count", "METRICS_TABLE"),
    "campaign/projection": ("project", "PROJECTION_TABLE"),
}
RELAYS = ("campaign", "gateway")


def ninelives(*arguments: str) -> tuple[int, str]:
    """The status of `ninelives dlq …`, and what it printed."""
    done = CliRunner().invoke(dlq_app, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


@contextmanager
def broken_consumers(cloud: Cloud) -> Iterator[None]:
    """Consumers that know their tables by a wrong name, and queues that deliver again at once."""
    with ExitStack() as mended:

        def break_one(number: int) -> None:
            queue, (function, variable) = list(BROKEN.items())[number]
            mended.enter_context(cloud.settings(queue.partition("/")[0], function, **{variable: NOWHERE}))
            mended.enter_context(quick(cloud, queue))

        together(break_one, len(BROKEN))
        yield


@contextmanager
def quick(cloud: Cloud, queue: str) -> Iterator[None]:
    """A queue that delivers a failed message again at once."""
    sqs, url, name = cloud.client("sqs"), cloud.stack["queues"][queue], "VisibilityTimeout"
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={name: "0"})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=before)


def dead(queue: str) -> str:
    return f"{queue}-dead-letters"


def turns_in_the_ledger(cloud: Cloud) -> int:
    lines = (item for item in cloud.items("metrics/metrics") if item["pk"]["S"].startswith("LEDGER#"))
    return sum(int(line["turns"]["N"]) for line in lines)


def turns_in_the_list(game: Game) -> int:
    [line] = game.http.get("campaigns").json()["items"]
    return int(line["turn"])


def test_what_consumers_could_not_take_counts_once_after_they_are_mended(game: Game, cloud: Cloud):
    game.facts()
    until(lambda: not any(cloud.count_queued(queue) for queue in BROKEN), why="empty queues")
    before = turns_in_the_ledger(cloud)
    with broken_consumers(cloud):
        for _ in range(TURNS):
            game.act("I search this place")
        facts = {"audit/events": 3 * TURNS, "metrics/events": 2 * TURNS, "campaign/projection": TURNS}
        until(lambda: all(cloud.count_queued(dead(queue)) >= some for queue, some in facts.items()), why="dead letters")
        until(lambda: not any(cloud.count_queued(queue) for queue in BROKEN), why="empty queues")
    letters = {queue: cloud.count_queued(dead(queue)) for queue in BROKEN}

    assert f"{letters['audit/events']} would go back" in ninelives("redrive", dead("audit/events"), "--dry-run")[1]
    assert letters == {queue: cloud.count_queued(dead(queue)) for queue in BROKEN}
    assert (turns_in_the_ledger(cloud), turns_in_the_list(game)) == (before, 0)
    assert ninelives("redrive", "--all")[0] == 0
    assert ninelives("redrive", "--all")[0] == 0  # now there is nothing left

    game.facts()
    until(lambda: not any(cloud.count_queued(queue) for queue in BROKEN), why="empty queues")
    assert not any(cloud.count_queued(dead(queue)) for queue in BROKEN)
    assert (turns_in_the_ledger(cloud), turns_in_the_list(game)) == (before + TURNS, TURNS)
    for stream, events in (("campaign", TURNS + 1), ("turns", 2 * TURNS)):
        told = cloud.audit(f"{stream}/{game.campaign_id}")
        assert (told.events, told.last, told.gaps) == (events, events, ())


def test_what_relays_gave_up_on_is_published_from_the_outbox(game: Game, cloud: Cloud):
    game.facts()
    with ExitStack() as mended:
        for service in RELAYS:
            mended.enter_context(cloud.throttled(service, "relay"))
        game.act("I search this place")
        assert cloud.audit(f"campaign/{game.campaign_id}").last == 1
        for service in RELAYS:
            cloud.send(f"{service}/relay-dead-letters", stream_range_of_the_last_minute())
            assert ninelives("redrive", f"{service}/relay-dead-letters")[0] == 0
            assert cloud.count_queued(f"{service}/relay-dead-letters") == 0
        facts = game.facts()

    until(lambda: not any(cloud.count_queued(queue) for queue in BROKEN), why="empty queues")
    assert facts["TurnResolved.v1"] == facts["TurnAnswered.v1"] == 1
    assert game.facts() == facts


def stream_range_of_the_last_minute() -> str:
    now = datetime.now(UTC)
    batch = {
        "shardId": "shardId-00000000000000000000-00000000",
        "startSequenceNumber": "1",
        "endSequenceNumber": "9",
        "approximateArrivalOfFirstRecord": (now - timedelta(minutes=1)).isoformat(),
        "approximateArrivalOfLastRecord": now.isoformat(),
        "batchSize": 9,
    }
    return json.dumps({"requestContext": {"condition": "RetryAttemptsExhausted"}, "DDBStreamBatchInfo": batch})


def test_an_outbox_item_that_is_no_event_is_set_aside_and_holds_nothing_up(game: Game, cloud: Cloud):
    relay = cloud.client("lambda").get_function_configuration(FunctionName=cloud.function("campaign", "relay"))
    assert relay["Environment"]["Variables"]["DEAD_LETTER_QUEUE_URL"]  # or this item would block the stream
    table, mark = cloud.stack["tables"]["campaign/campaign"], f"STREAM#poison/{uuid4().hex}"
    item = {"pk": mark, "sk": f"{1:010d}", "entity": "event", "event": "{"}
    cloud.client("dynamodb").put_item(TableName=table, Item={name: {"S": value} for name, value in item.items()})
    try:
        game.act("I search this place")
        game.facts()
        assert "1 kept" in ninelives("redrive", "campaign/relay-dead-letters")[1]
        [letter] = cloud.take("campaign/relay-dead-letters", mark)
        assert letter["MessageAttributes"]["reason"]["StringValue"] == "not an event"
    finally:
        cloud.client("dynamodb").delete_item(TableName=table, Key={"pk": {"S": mark}, "sk": {"S": item["sk"]}})
