"""An outbox item holds an event at its place in its stream, and items of every older spelling stay readable."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from contracts.campaign import CampaignEndedData, CampaignEndedV1
from contracts.envelope import Envelope, Event
from stagekit.outbox import item, key, read
from stagekit.packing import unpack
from stagekit.publishing import entry_of
from stagekit.tests.conftest import CAMPAIGN, TURN

STREAM = f"campaign/{CAMPAIGN}"


def event(sequence: int | None = 7, owner: str = "Mägs 🐈") -> Event:
    envelope = Envelope(idempotency_key=TURN, correlation_id=TURN, campaign_id=CAMPAIGN, turn_id=TURN)
    metadata = envelope.metadata(
        CampaignEndedV1, event_id=f"{STREAM}/7", now=datetime(2026, 1, 1, tzinfo=UTC), stream=STREAM, sequence=sequence
    )
    data = CampaignEndedData(owner=owner, ending="victory", turn=7, seed="0" * 64)
    return CampaignEndedV1(metadata=metadata, data=data)


def test_an_event_lies_at_its_place_in_its_stream():
    stored = item(event())

    assert {name: stored[name] for name in ("pk", "sk")} == key(STREAM, 7)
    assert key(STREAM, 7) == {"pk": {"S": f"STREAM#{STREAM}"}, "sk": {"S": "0000000007"}}
    assert stored["entity"] == {"S": "event"}


def test_what_is_stored_is_read_and_published_as_it_was_said():
    said, found = event(), read(item(event()))

    assert type(said).model_validate(found.detail) == said
    assert (found.detail_type, found.source) == ("CampaignEnded.v1", "ninelives.campaign")
    entry = entry_of(item(said), "bus")
    assert (entry["DetailType"], entry["Source"]) == (found.detail_type, found.source)
    assert json.loads(entry["Detail"]) == found.detail


def test_an_item_takes_half_the_bytes_of_its_event_on_the_bus():
    assert len(item(event())["event"]["S"]) < len(entry_of(item(event()), "bus")["Detail"].encode()) / 2


@pytest.mark.parametrize("ascii", [True, False])
@pytest.mark.parametrize("separators", [None, (",", ":")])
def test_items_of_older_spellings_stay_readable_and_publishable(ascii, separators):
    now = item(event())
    older = {"S": json.dumps(json.loads(unpack(now["event"]["S"])), ensure_ascii=ascii, separators=separators)}

    assert read({**now, "event": older}) == read(now)
    assert entry_of({**now, "event": older}, "bus") == entry_of(now, "bus")


def test_progress_has_no_place_and_is_not_stored():
    with pytest.raises(ValueError, match="no sequence"):
        item(event(sequence=None))


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '"x"', "{}", '{"detail_type": "A.v1", "source": "s", "detail": []}']
)
def test_what_is_no_event_is_refused(text):
    with pytest.raises(ValueError, match=r"not an event|Expecting"):
        read({"event": {"S": text}})
    with pytest.raises(ValueError, match="not an event"):
        read({"pk": {"S": "x"}})
