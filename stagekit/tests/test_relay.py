"""What was committed is published, what is not an event stays, and a refusing bus makes the stream deliver again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit import relay as relaying
from stagekit.relay import BusRefused, Unpublishable, relay
from stagekit.tests.conftest import CAMPAIGN, TURN, Bus, context

ALWAYS = set(range(1000))


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
            "stream": f"campaign/{CAMPAIGN}",
            "sequence": sequence,
        },
        "data": {"filler": filler},
    }
    event = json.dumps({"detail_type": "TurnResolved.v1", "source": "ninelives.campaign", "detail": detail})
    image = {"entity": {"S": "event"}, "event": {"S": event}}
    return {"eventName": "INSERT", "dynamodb": {"NewImage": image}, **overrides}


def relayed(bus: Bus, *records):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaying, "bus", lambda: bus)
        patch.setenv("EVENT_BUS_NAME", "bus")
        relay()({"Records": list(records)}, context())
    return [taken["Detail"]["metadata"]["sequence"] for taken in bus.taken]


def test_every_event_of_a_batch_is_published_ten_at_a_time():
    bus = Bus()

    assert relayed(bus, *map(outbox_record, range(1, 24))) == list(range(1, 24))
    assert bus.calls == [10, 10, 3]


def test_only_inserted_events_are_published():
    changed = outbox_record(1, eventName="MODIFY")
    state = {"eventName": "INSERT", "dynamodb": {"NewImage": {"entity": {"S": "state"}}}}

    assert relayed(Bus(), changed, state, outbox_record(2)) == [2]


@given(refused=st.sets(st.integers(0, 15), max_size=5))
@settings(deadline=None)
def test_nothing_is_lost_and_a_refused_entry_is_tried_again(refused):
    bus = Bus(refuse=refused)
    try:
        relayed(bus, *map(outbox_record, range(1, 13)))
    except BusRefused:
        return  # the whole batch comes again
    assert sorted(taken["Detail"]["metadata"]["sequence"] for taken in bus.taken) == list(range(1, 13))


def test_a_bus_that_keeps_refusing_makes_the_whole_batch_come_again():
    with pytest.raises(BusRefused):
        relayed(Bus(refuse=ALWAYS), outbox_record(1))


def test_an_event_over_64_kib_is_not_sent():
    bus = Bus()
    with pytest.raises(Unpublishable):
        relayed(bus, outbox_record(1, filler="x" * 70_000))
    assert bus.taken == []
