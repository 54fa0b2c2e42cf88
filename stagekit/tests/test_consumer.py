"""Each message stands alone: poison is set aside at once, a failure comes back, the rest is consumed."""

from __future__ import annotations

import json

import pytest

from contracts.envelope import Event
from contracts.lore import LoreRetrievedV1
from stagekit import dead_letters as dead_letter_queue
from stagekit.consumer import consumer
from stagekit.tests.conftest import CAMPAIGN, TURN, context


class Queues:
    def __init__(self) -> None:
        self.sent: list[dict] = []
        self.reachable = True

    def send_message(self, **message) -> None:
        if not self.reachable:
            raise ConnectionError("the queue is away")
        self.sent.append(message)


@pytest.fixture
def queues(monkeypatch):
    queues = Queues()
    monkeypatch.setattr(dead_letter_queue, "queues", lambda: queues)
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", "https://dead")
    return queues


@pytest.fixture
def dead_letters(queues):
    return queues.sent


def body(event_id: str = "e1", detail_type: str = "LoreRetrieved.v1", **data) -> str:
    metadata = {
        "event_id": event_id,
        "schema_version": "1.3",
        "occurred_at": "2026-01-01T00:00:00Z",
        "producer": "ninelives.lore",
        "correlation_id": TURN,
        "causation_id": TURN,
        "idempotency_key": TURN,
        "campaign_id": CAMPAIGN,
        "stream": f"progress/{TURN}",
    }
    data = {"place": "alley", "passages": 1, "candidates": 2, **data}
    return json.dumps(
        {"id": "1", "source": "ninelives.lore", "detail-type": detail_type, "time": "2026-01-01T00:00:00Z",
         "detail": {"metadata": metadata, "data": data}}
    )  # fmt: skip


def deliver(handler, *bodies: str):
    records = [
        {"messageId": str(i), "receiptHandle": "r", "body": text, "attributes": {}, "eventSource": "aws:sqs"}
        for i, text in enumerate(bodies)
    ]
    answer = handler({"Records": records}, context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def collecting(*kinds, others_of=None):
    seen = []

    def consume(*, event) -> None:
        if event.metadata.event_id == "bad day":
            raise RuntimeError("try me later")
        seen.append(event)

    return consumer(*kinds, others_of=others_of)(consume), seen


def test_a_failing_message_comes_back_alone(dead_letters):
    handler, seen = collecting(LoreRetrievedV1)

    assert deliver(handler, body("e1"), body("bad day"), body("e3")) == ["1"]
    assert [event.metadata.event_id for event in seen] == ["e1", "e3"]
    assert dead_letters == []


def test_a_batch_of_nothing_but_failures_comes_back_whole(dead_letters):
    handler, _ = collecting(LoreRetrievedV1)

    assert deliver(handler, body("bad day"), body("bad day")) == ["0", "1"]


@pytest.mark.parametrize(
    "poison", ["", "{", "[]", "null", '{"detail": 1}', '{"detail": {"metadata": {}, "data": {}}}', body(passages=-1)]
)
def test_poison_goes_to_the_dead_letters_at_once(dead_letters, poison):
    handler, seen = collecting(LoreRetrievedV1)

    assert deliver(handler, poison, body()) == []
    assert len(seen) == 1
    [message] = dead_letters
    assert message["MessageBody"] == poison
    assert message["MessageAttributes"]["reason"]["StringValue"]


def test_poison_that_cannot_be_set_aside_comes_back_instead_of_being_lost(queues):
    handler, seen = collecting(LoreRetrievedV1)
    queues.reachable = False

    assert deliver(handler, "{", body()) == ["0"]
    assert len(seen) == 1


def test_a_known_kind_in_a_newer_major_version_is_set_aside_until_somebody_can_read_it(dead_letters):
    handler, seen = collecting(LoreRetrievedV1)
    news = body(detail_type="LoreRetrieved.v2")

    assert deliver(handler, news) == []
    [message] = dead_letters
    assert (seen, message["MessageBody"]) == ([], news)
    assert "LoreRetrieved.v2" in message["MessageAttributes"]["reason"]["StringValue"]


def test_the_reason_of_a_dead_letter_quotes_nothing_of_it(dead_letters):
    handler, _ = collecting(LoreRetrievedV1)

    deliver(handler, body(passages="swordfish"), '{"detail": "swordfish"')

    assert [m for m in dead_letters if "swordfish" in m["MessageAttributes"]["reason"]["StringValue"]] == []
    assert len(dead_letters) == 2


def test_an_event_of_another_kind_is_passed_over(dead_letters):
    handler, seen = collecting(LoreRetrievedV1)

    assert deliver(handler, body(detail_type="ShopOpened.v1")) == []
    assert (seen, dead_letters) == ([], [])


def test_another_kind_of_a_producer_comes_without_its_data_to_who_asked_for_the_others(dead_letters):
    handler, seen = collecting(LoreRetrievedV1, others_of="ninelives.lore")

    assert deliver(handler, body("e1"), body("e2", detail_type="ShopOpened.v1", colour="green")) == []
    known, other = seen
    assert (type(known), type(other)) == (LoreRetrievedV1, Event)
    assert other.metadata.event_id == "e2"
    assert dead_letters == []


def test_who_asked_for_the_others_of_one_producer_gets_none_of_another(dead_letters):
    handler, seen = collecting(others_of="ninelives.campaign")

    assert deliver(handler, body()) == []
    assert (seen, dead_letters) == ([], [])


def test_a_newer_major_version_is_no_other_kind(dead_letters):
    handler, seen = collecting(LoreRetrievedV1, others_of="ninelives.lore")

    assert deliver(handler, body(detail_type="LoreRetrieved.v2")) == []
    assert (seen, len(dead_letters)) == ([], 1)


def test_kinds_of_several_producers_are_not_the_others_of_one():
    with pytest.raises(ValueError, match=r"ninelives\.campaign"):
        consumer(LoreRetrievedV1, others_of="ninelives.campaign")


def test_a_consumer_of_everything_gets_events_it_has_never_heard_of(dead_letters):
    handler, seen = collecting()

    deliver(handler, body(detail_type="ShopOpened.v1", colour="green"))

    [event] = seen
    assert (event.detail_type, event.data["colour"]) == ("ShopOpened.v1", "green")


def test_a_newer_minor_with_more_fields_is_read(dead_letters):
    handler, seen = collecting(LoreRetrievedV1)

    deliver(handler, body(mood="wet"))

    assert seen[0].data.place == "alley"


def in_batches(*kinds):
    """A consumer of batches: it takes all of one, or raises."""
    batches = []

    def consume(*, events) -> None:
        ids = [event.metadata.event_id for event in events]
        batches.append(ids)
        if "bad day" in ids:
            raise RuntimeError("try me later")

    return consumer(*kinds, in_batches=True)(consume), batches


def test_a_batch_is_consumed_at_once(dead_letters):
    handler, batches = in_batches(LoreRetrievedV1)

    assert deliver(handler, body("e1"), body("e2")) == []
    assert batches == [["e1", "e2"]]


def test_of_a_batch_that_raises_what_fails_alone_comes_back_and_the_rest_is_consumed(dead_letters):
    handler, batches = in_batches()

    assert deliver(handler, body("e1"), body("bad day"), body("e2")) == ["1"]
    assert batches == [["e1", "bad day", "e2"], ["e1"], ["bad day"], ["e2"]]


def test_a_message_that_fails_alone_is_not_tried_twice(dead_letters):
    handler, batches = in_batches(LoreRetrievedV1)

    assert deliver(handler, body("bad day")) == ["0"]
    assert batches == [["bad day"]]


def test_what_cannot_be_read_is_set_aside_and_the_rest_of_its_batch_is_consumed(dead_letters):
    handler, batches = in_batches(LoreRetrievedV1)

    assert deliver(handler, body("e1"), "not an event", body("e2", "SomethingElse.v1"), body("e3")) == []
    assert batches == [["e1", "e3"]]
    assert [message["MessageBody"] for message in dead_letters] == ["not an event"]


def test_what_can_be_neither_read_nor_set_aside_comes_back_alone(queues):
    queues.reachable = False
    handler, batches = in_batches(LoreRetrievedV1)

    assert deliver(handler, "not an event", body("e1")) == ["0"]
    assert batches == [["e1"]]


def test_a_batch_in_which_nothing_is_for_its_consumer_is_passed_over(dead_letters):
    handler, batches = in_batches(LoreRetrievedV1)

    assert deliver(handler, body("e2", "SomethingElse.v1")) == []
    assert batches == []
