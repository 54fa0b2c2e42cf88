"""Every letter says what it is about and why it lies there, and nothing of its words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.errors import UserError
from ninelives.ops.deadletters.formatting import describe_letter, payload
from ninelives.ops.deadletters.letter import Letter, about, letter_of
from ninelives.ops.deadletters.queues import Kind, all_of, find_queue
from tests.ops.deadletters.fake_queues import (
    DEAD,
    RELAY,
    REPORTS,
    STREAM,
    TURN,
    WORK,
    FakeQueues,
    event,
    failed_turn,
    outbox_letter,
    site_of,
    stream_range,
)


def receive(body: str, **attributes: str) -> Letter:
    fakes = FakeQueues()
    fakes.put(DEAD, body, **attributes)
    return letter_of(fakes.receive_message(DEAD, 1, 30)["Messages"][0])


def test_every_queue_that_can_hold_dead_letters_is_known_by_what_it_holds():
    found = {queue.name: (queue.kind, queue.work) for queue in all_of(site_of())}

    assert found == {
        DEAD: (Kind.EVENTS, WORK),
        RELAY: (Kind.UNPUBLISHED, None),
        REPORTS: (Kind.REPORTS, None),
        "tools/lost-dead-letters": (Kind.EVENTS, None),
    }


def test_a_queue_of_another_name_is_refused_with_the_names_there_are():
    with pytest.raises(UserError, match=RELAY):
        find_queue(site_of(), WORK)


def test_an_event_tells_its_kind_its_place_and_that_its_consumer_failed():
    letter = receive(event(7))

    assert (letter.about.what, letter.about.id, letter.about.place) == ("TurnResolved.v1", f"{STREAM}/7", f"{STREAM}/7")
    assert "consumer failed" in letter.why


def test_an_event_that_was_not_delivered_tells_why():
    assert "NO_PERMISSIONS" in receive(event(1), RULE_ARN="arn", ERROR_CODE="NO_PERMISSIONS").why


def test_a_range_of_a_stream_tells_when_its_records_were_written():
    letter = receive(stream_range("2031-01-01T12:00:00Z", "2031-01-01T12:05:00Z"))

    assert letter.why == "RetryAttemptsExhausted"
    assert letter.about.span and (letter.about.span.last - letter.about.span.first).total_seconds() == 300


def test_an_item_of_the_outbox_tells_its_place():
    assert about(outbox_letter(3)).item == (f"STREAM#{STREAM}", "0000000003")


def test_a_report_of_a_failed_turn_tells_the_error_and_the_stage_and_not_the_cause():
    letter = receive(failed_turn())

    assert (letter.about.id, letter.why) == (TURN, "RuleBroken in SettleEffects")
    assert "swordfish" not in " ".join(describe_letter(letter))


@pytest.mark.parametrize("body", ["swordfish", '{"detail": "swordfish"}', "[" * 5000])
def test_poison_is_masked_until_it_is_unmasked(body):
    letter = receive(body, reason="not an event")

    assert letter.why == "not an event"
    assert body not in payload(letter, unmask=False)
    assert json.loads(payload(letter, unmask=True)) == body


def test_an_event_set_aside_for_its_shape_is_masked_and_one_whose_consumer_failed_is_not():
    assert "masked" in payload(receive(event(1), reason="does not fit"), unmask=False)
    assert '"number": 1' in payload(receive(event(1)), unmask=False)


@given(st.text() | st.recursive(st.none() | st.text(), lambda inner: st.lists(inner)).map(str))
def test_something_is_said_of_every_message(body):
    letter = receive(body, reason=body)

    told = [*describe_letter(letter), payload(letter, unmask=True)]

    assert told[0].startswith(letter.message_id)
    assert all(line.isprintable() for line in told)
