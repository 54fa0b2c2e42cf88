"""Sentences are written down before they are told, by one copy of a step at a time; the player hears them, or not."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from contracts.dm import NarrativeTold
from contracts.errors import ModelUnavailable, Transient
from services.dm import wiring
from services.dm.adapters.stream_log import DynamoStreamLog
from services.dm.application.reply_stream import ReplyStream
from services.dm.domain.narration.speech import Piece
from services.dm.tests.builders import TURN, make_request
from services.dm.tests.conftest import answer
from services.dm.tests.told_turns import LIES, TRUTHS, request, story
from tests.support.converse_server import breaks_off_after, tells

FIRST, SECOND, THIRD = TRUTHS[0], TRUTHS[1], TRUTHS[3]
KEPT = (
    "You look around, and nothing comes of it.",
    "Rain drums on the roof and on everything under it.",
    "Who would stand here in the rain?",
    "Nobody comes.",
    "The rain goes on.",
    "Rain drums on.",
)
"""Sentences that nothing is wrong with."""


@pytest.fixture
def cloud(monkeypatch) -> Iterator[Any]:
    """The table and the queue; `receive()` gives what the queue was given."""
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "STAGES_TABLE": "stages",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws(config={"core": {"passthrough": {"urls": [r"http://127\.0\.0\.1.*"]}}}):
        boto3.client("dynamodb").create_table(
            TableName="stages",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        sqs = boto3.client("sqs")
        url = sqs.create_queue(QueueName="narration")["QueueUrl"]
        monkeypatch.setenv("NARRATION_QUEUE_URL", url)

        def receive() -> list[NarrativeTold]:
            got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
            return [NarrativeTold.model_validate_json(message["Body"]) for message in got]

        time = SimpleNamespace(now=0.0, step=1.0)
        monkeypatch.setattr(wiring, "clock", lambda: _later(time))
        yield SimpleNamespace(receive=receive, item=_item, time=time)


def _later(time: SimpleNamespace) -> float:
    """The time of a clock that goes on by a step at every reading."""
    time.now += time.step
    return float(time.now)


def _item() -> dict[str, Any]:
    return boto3.client("dynamodb").get_item(TableName="stages", Key={"id": {"S": f"dm.told#{TURN}"}})["Item"]


def open_attempt() -> ReplyStream:
    """The stream of one attempt, opened like the game master opens it."""
    stream = wiring.build_game_master(wiring.read_settings(os.environ)).open_stream(request())
    assert stream
    return stream


def log() -> DynamoStreamLog:
    return DynamoStreamLog(boto3.client("dynamodb"), "stages", TURN)


def test_a_story_reaches_the_queue_and_the_ledger_while_it_comes(cloud, model):
    model.then(tells(f"{FIRST} {SECOND}", "Wait"))

    reply = answer(request())

    assert [message.told for message in cloud.receive()] == [FIRST, f"{FIRST} {SECOND}"]
    assert cloud.item()["told"]["S"] == f"{FIRST} {SECOND}"
    assert int(cloud.item()["expiration"]["N"]) > 0
    assert (reply.opening, reply.narrative) == (None, f"{FIRST} {SECOND}")
    assert model.requests[0].path.endswith("/converse-stream")


def hears(stream: ReplyStream, *pieces: str) -> None:
    """The story in these pieces, one after the other."""
    for piece in pieces:
        stream.hear(Piece(0, "tell_story", piece))


def test_the_first_sentence_is_told_at_once_and_the_rest_three_times_a_second(cloud):
    stream = open_attempt()
    cloud.time.step = 0.1

    hears(stream, '{"narrative": "', *(f"{sentence} " for sentence in KEPT), 'x"')

    assert [message.told for message in cloud.receive()] == [KEPT[0], " ".join(KEPT[:5])]


def test_what_waits_is_told_as_soon_as_it_is_due_whatever_comes(cloud):
    stream = open_attempt()
    cloud.time.step = 0.01
    hears(stream, '{"narrative": "', f"{KEPT[0]} ", f"{KEPT[1]} ", KEPT[2])
    assert [message.told for message in cloud.receive()] == [KEPT[0]]

    cloud.time.now += 1
    hears(stream, '", "sugg')

    assert [message.told for message in cloud.receive()] == [" ".join(KEPT[:2])]


def test_what_the_model_ended_with_is_left_to_the_answer(cloud, model):
    cloud.time.step = 0.0
    model.then(tells(f"{FIRST} {SECOND} {THIRD}", "Wait"))

    reply = answer(request())

    assert [message.told for message in cloud.receive()] == [FIRST]
    assert cloud.item()["told"]["S"] == FIRST
    assert (reply.opening, reply.narrative) == (None, f"{FIRST} {SECOND} {THIRD}")


def test_after_a_break_the_next_attempt_knows_what_stands_and_so_does_its_prompt(cloud, model):
    model.then(breaks_off_after(24, tells(f"{FIRST} {SECOND} {THIRD}")), tells(f"{FIRST} {THIRD}"))

    with pytest.raises(ModelUnavailable):
        answer(request())
    reply = answer(request())

    assert (reply.opening, reply.narrative) == (FIRST, f"{FIRST} {THIRD}")
    first, second = (str(asked.body["messages"]) for asked in model.requests)
    assert FIRST in second
    assert FIRST not in first


def test_the_understudy_goes_on_from_what_the_model_told(cloud, model):
    model.then(tells(f"{FIRST} {LIES[0]}"))
    answer(request())

    reply = answer(make_request(provider="understudy"))

    assert (reply.told_by, reply.opening) == ("understudy", FIRST)


def test_a_copy_that_another_one_took_over_from_tells_nothing_more(cloud):
    slow = open_attempt()
    slow.hear(Piece(0, "tell_story", f'{{"narrative": "{FIRST} {SECOND}'))
    quick = open_attempt()

    with pytest.raises(Transient):
        slow.hear(Piece(0, "tell_story", f' {THIRD}", "suggested_actions": []}}'))

    assert [message.told for message in cloud.receive()] == [FIRST]
    assert quick.opening == cloud.item()["told"]["S"] == FIRST


def test_two_copies_cannot_both_tell_from_the_same_beginning(cloud):
    one, other = log(), log()

    with pytest.raises(Transient):
        one.write(FIRST)
    other.write(SECOND)

    assert log().told == SECOND


def test_a_queue_that_refuses_costs_the_turn_nothing_and_shows_no_story_in_the_log(cloud, model, monkeypatch, caplog):
    monkeypatch.setenv("NARRATION_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/123456789012/gone")
    model.then(tells(f"{FIRST} {SECOND}"))

    assert answer(request()).narrative == f"{FIRST} {SECOND}"
    assert "narration lost" in caplog.text
    assert FIRST[:20] not in caplog.text


def test_what_cannot_be_written_down_is_not_told(cloud, model):
    told = open_attempt()
    boto3.client("dynamodb").delete_table(TableName="stages")

    told.hear(Piece(0, "tell_story", story(f"{FIRST} {SECOND}", "Wait")))

    assert cloud.receive() == []
    assert told.told is None


def test_an_operator_may_do_without_streams(cloud, model, monkeypatch):
    monkeypatch.setenv("DM_STREAM", "0")
    model.then(tells(FIRST))

    assert answer(request()).narrative == FIRST
    assert cloud.receive() == []
    assert model.requests[0].path.endswith("/converse")


def test_a_deployment_without_a_model_keeps_no_ledger(cloud, monkeypatch):
    monkeypatch.setenv("DM_PROVIDER", "understudy")
    monkeypatch.setenv("STAGES_TABLE", "gone")

    assert answer(request()).opening is None


def test_the_queue_carries_the_turn_and_nothing_else_of_the_request(cloud, model):
    model.then(tells(f"{FIRST} {SECOND}"))
    answer(request())

    body = json.loads(cloud.receive()[0].model_dump_json())

    assert body.keys() == {"envelope", "told"}
    assert body["envelope"]["turn_id"] == TURN


def test_what_nobody_looks_on_is_neither_told_nor_written_down(cloud, model):
    model.then(tells(f"{FIRST} {SECOND}", "Wait"))
    asked = request()

    reply = answer(asked.model_copy(update={"envelope": asked.envelope.model_copy(update={"quiet": True})}))

    assert (reply.opening, reply.narrative) == (None, f"{FIRST} {SECOND}")
    assert cloud.receive() == []
    with pytest.raises(KeyError):
        cloud.item()
    assert model.requests[0].path.endswith("/converse")
