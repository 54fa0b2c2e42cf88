"""Committed events are published, items that are no events stay, and a refusing bus makes the stream deliver again."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit import publishing
from stagekit import relay as relaying
from stagekit.dead_letters import UNPUBLISHED
from stagekit.packing import unpack
from stagekit.relay import BusRefused, Unpublishable, relay
from stagekit.tests.conftest import CAMPAIGN, TURN, Bus

STREAM = f"campaign/{CAMPAIGN}"
ALWAYS = set(range(1000))
INVOCATION = 30.0  # seconds


class Time:
    """The time of an invocation: it passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def get_remaining_time_in_millis(self) -> int:
        return int(1000 * (INVOCATION - sum(self.pauses)))


class Queue:
    def __init__(self, *, reachable: bool = True) -> None:
        self.letters: list[dict] = []
        self._reachable = reachable

    def send_message(self, MessageBody: str, **_) -> None:
        if not self._reachable:
            raise ConnectTimeoutError(endpoint_url="sqs")
        self.letters.append(json.loads(MessageBody)[UNPUBLISHED])


def outbox_record(sequence: int, filler: str = "", **overrides):
    detail = {
        "metadata": {
            "event_id": f"e{sequence}",
            "schema_version": "1.0",
            "occurred_at": "2026-01-01T00:00:00Z",
            "producer": "ninelives.campaign",
            "correlation_id": TURN,
            "causation_id": TURN,
            "idempotency_key": TURN,
            "campaign_id": CAMPAIGN,
            "stream": STREAM,
            "sequence": sequence,
        },
        "data": {"filler": filler},
    }
    event = json.dumps({"detail_type": "TurnResolved.v1", "source": "ninelives.campaign", "detail": detail})
    return insertion(sequence, event, **overrides)


def insertion(sequence: int, event: str, **overrides):
    """The stream's record of an item in the outbox."""
    image = {"pk": f"STREAM#{STREAM}", "sk": f"{sequence:010d}", "entity": "event", "event": event}
    typed = {name: {"S": value} for name, value in image.items()}
    return {"eventName": "INSERT", "dynamodb": {"NewImage": typed}, **overrides}


def relay_all(bus, *records, queue: Queue | None = None, time: Time | None = None):
    """The sequences that the bus has taken, in its order."""
    time = time or Time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaying, "bus", lambda: bus)
        patch.setattr(relaying, "queues", lambda: queue or Queue())
        patch.setattr(publishing, "sleep", time.sleep)
        patch.setenv("EVENT_BUS_NAME", "bus")
        patch.setenv("DEAD_LETTER_QUEUE_URL", "https://dead")
        relay()({"Records": list(records)}, time)
    return sequences(bus)


def sequences(bus: Bus) -> list[int]:
    return [taken["Detail"]["metadata"]["sequence"] for taken in bus.taken]


def test_every_event_of_a_batch_is_published_ten_at_a_time():
    bus = Bus()

    assert relay_all(bus, *map(outbox_record, range(1, 24))) == list(range(1, 24))
    assert bus.calls == [10, 10, 3]


def test_only_inserted_events_are_published():
    changed = outbox_record(1, eventName="MODIFY")
    state = {"eventName": "INSERT", "dynamodb": {"NewImage": {"entity": {"S": "state"}}}}

    assert relay_all(Bus(), changed, state, outbox_record(2)) == [2]


@given(refused=st.sets(st.integers(0, 15), max_size=5))
@settings(deadline=None)
def test_nothing_is_lost_and_a_refused_entry_is_tried_again(refused):
    assert sorted(relay_all(Bus(refuse=refused), *map(outbox_record, range(1, 13)))) == list(range(1, 13))


def test_refused_entries_keep_their_order_and_what_follows_waits_for_them():
    bus = Bus(refuse={3, 7, 10})  # the fourth and the eighth at the first try, and the fourth again

    assert relay_all(bus, *map(outbox_record, range(1, 13))) == [1, 2, 3, 5, 6, 7, 9, 10, 8, 4, 11, 12]
    assert bus.calls == [10, 2, 1, 2]


def test_pauses_grow_and_differ_and_fit_into_the_invocation():
    time, bus = Time(), Bus(refuse=ALWAYS)

    with pytest.raises(BusRefused):
        relay_all(bus, outbox_record(1), time=time)

    bounds = [min(publishing.LONGEST_PAUSE, publishing.FIRST_PAUSE * 2**n) for n in range(len(time.pauses))]
    assert len(time.pauses) >= 5 and len(bus.calls) == len(time.pauses) + 1
    assert all(0 <= pause <= bound for pause, bound in zip(time.pauses, bounds, strict=True))
    assert len(set(time.pauses)) == len(time.pauses)
    assert time.get_remaining_time_in_millis() >= 1000 * publishing.ONE_CALL


def test_a_bus_that_keeps_refusing_makes_the_whole_batch_come_again():
    bus = Bus(refuse=ALWAYS - {0})

    with pytest.raises(BusRefused):
        relay_all(bus, outbox_record(1), outbox_record(2))

    assert sequences(bus) == [1]


@pytest.mark.parametrize(
    "failure",
    [
        ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "PutEvents"),
        ConnectTimeoutError(endpoint_url="events"),
    ],
    ids=["throttled", "away"],
)
def test_a_call_that_failed_for_the_moment_is_made_again(failure):
    bus, failures = Bus(), [failure]

    def put_events(Entries):
        if failures:
            raise failures.pop()
        return bus.put_events(Entries)

    relayed_by = SimpleNamespace(put_events=put_events, taken=bus.taken)
    assert relay_all(relayed_by, outbox_record(1)) == [1]


def test_a_bus_that_may_not_be_used_is_no_matter_of_patience():
    def put_events(Entries):
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "PutEvents")

    with pytest.raises(ClientError):
        relay_all(SimpleNamespace(put_events=put_events), outbox_record(1))


def alter(sequence: int, change) -> dict:
    """The record of an event that its writer got wrong."""
    event = json.loads(unpack(outbox_record(sequence)["dynamodb"]["NewImage"]["event"]["S"]))
    change(event)
    return insertion(sequence, json.dumps(event))


POISON = {
    "too large": outbox_record(2, filler="x" * 70_000),
    "not JSON": insertion(2, "{"),
    "no object": insertion(2, "[]"),
    "no metadata": alter(2, lambda event: event["detail"].pop("metadata")),
    "metadata of another shape": alter(2, lambda event: event["detail"]["metadata"].pop("event_id")),
    "no data": alter(2, lambda event: event["detail"].pop("data")),
    "no version": alter(2, lambda event: event.update(detail_type="TurnResolved")),
    "another's source": alter(2, lambda event: event.update(source="ninelives.gateway")),
    "another's place": alter(2, lambda event: event["detail"]["metadata"].update(sequence=7)),
    "no place": alter(2, lambda event: event["detail"]["metadata"].pop("sequence")),
}


@pytest.mark.parametrize("poison", POISON)
def test_what_is_no_event_is_set_aside_by_its_place_and_holds_nothing_up(poison):
    queue = Queue()

    assert relay_all(Bus(), outbox_record(1), POISON[poison], outbox_record(3), queue=queue) == [1, 3]
    [letter] = queue.letters
    assert (letter["pk"], letter["sk"]) == (f"STREAM#{STREAM}", "0000000002")
    assert letter["reason"]


def test_what_the_bus_will_never_take_is_set_aside():
    def put_events(Entries):
        return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "MalformedDetail"}]}

    queue = Queue()
    relay_all(SimpleNamespace(put_events=put_events, taken=[]), outbox_record(1), queue=queue)

    assert [letter["sk"] for letter in queue.letters] == ["0000000001"]


def test_poison_that_cannot_be_set_aside_raises_when_the_rest_is_published():
    bus = Bus()

    with pytest.raises(Unpublishable):
        relay_all(bus, POISON["not JSON"], outbox_record(3), queue=Queue(reachable=False))

    assert sequences(bus) == [3]
