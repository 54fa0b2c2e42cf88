"""The state at any turn comes out of the events; where an event was cut, the turn's record stands in."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from contracts.campaign import EffectRecord, TurnResolvedV1
from ninelives.ops.history.retracing import Contradiction, until
from tests.ops.history.wandering_campaigns import CLASSES, WanderingCampaign, begin_wandering

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wandered() -> WanderingCampaign:
    return begin_wandering(CLASSES[2]).wander(60, Random(9))


def change(event: TurnResolvedV1, **data: Any) -> TurnResolvedV1:
    return event.model_copy(update={"data": event.data.model_copy(update=data)})


def with_events(
    played: WanderingCampaign, events: list[TurnResolvedV1], records: dict[str, Any] | None = None
) -> WanderingCampaign:
    return WanderingCampaign(played.first, events=events, records=played.records if records is None else records)


def test_the_state_after_every_turn_comes_out_of_the_events_alone(wandered: WanderingCampaign) -> None:
    turns = with_events(wandered, wandered.events, records={}).retrace()

    assert [turn.after for turn in turns] == wandered.states[1:]
    assert [turn.before for turn in turns] == wandered.states[:-1]
    assert not any(turn.from_record for turn in turns)


def test_lives_that_are_lost_and_stories_that_end_come_out_of_the_events_alone() -> None:
    lost, ended = (begin_wandering(CLASSES[2], lives=lives, hp=1).wander(60, Random(5)) for lives in (2, 1))

    assert (lost.state.character.lives, ended.state.status) == (1, "ended")
    for played in (lost, ended):
        assert with_events(played, played.events, {}).retrace()[-1].after == played.state


def test_the_past_up_to_a_turn_ends_with_that_turn(wandered: WanderingCampaign) -> None:
    assert [turn.number for turn in until(wandered.retrace(), 3)] == [1, 2, 3]


def test_a_record_stands_in_for_an_event_that_was_cut_in_detail(wandered: WanderingCampaign) -> None:
    rich = max(wandered.events, key=lambda event: len(event.data.effects))
    cut = change(rich, effects=rich.data.effects[: len(rich.data.effects) // 2])
    events = [cut if event is rich else event for event in wandered.events]

    turns = with_events(wandered, events).retrace()

    assert [turn.number for turn in turns if turn.from_record] == [rich.data.number]
    assert turns[-1].after == wandered.state


def test_an_event_that_was_cut_has_no_past_without_its_record(wandered: WanderingCampaign) -> None:
    cut = change(wandered.events[0], effects=())

    with pytest.raises(Contradiction, match="Turn 1: neither"):
        with_events(wandered, [cut, *wandered.events[1:]], records={}).retrace()


def test_a_hash_that_no_witness_leads_to_is_a_contradiction(wandered: WanderingCampaign) -> None:
    forged = change(wandered.events[4], state_hash="0" * 64)

    with pytest.raises(Contradiction, match="Turn 5: neither"):
        with_events(wandered, [*wandered.events[:4], forged, *wandered.events[5:]]).retrace()


def test_a_gift_that_was_slipped_into_an_event_is_not_believed(wandered: WanderingCampaign) -> None:
    event = wandered.events[0]
    gift = EffectRecord(kind="credits-gained", call="t/0/0", detail={"amount": 500, "source": "nowhere"})
    events = [change(event, effects=(*event.data.effects, gift)), *wandered.events[1:]]

    turns = with_events(wandered, events).retrace()

    assert turns[0].from_record
    assert turns[-1].after == wandered.state


def test_an_event_that_is_missing_is_named(wandered: WanderingCampaign) -> None:
    with pytest.raises(Contradiction, match="event of turn 3 is missing"):
        with_events(wandered, [*wandered.events[:2], *wandered.events[3:]]).retrace()


def test_effects_of_a_kind_not_known_here_are_passed_over(wandered: WanderingCampaign) -> None:
    event = wandered.events[0]
    later = EffectRecord(kind="whiskers-waxed", call="t/0/9", detail={"shine": 3})
    events = [change(event, effects=(*event.data.effects, later)), *wandered.events[1:]]

    assert with_events(wandered, events, {}).retrace()[-1].after == wandered.state
