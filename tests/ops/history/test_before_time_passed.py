"""Turns that were committed when every turn began with a tick are folded as they were then, from records and events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from contracts.campaign import TurnCommitted, TurnResolvedV1
from contracts.state import CampaignState
from ninelives.ops.history.effect_steps import take_apart
from ninelives.ops.history.retracing import retrace
from ninelives.ops.proof.retelling import retell
from services.campaign.domain.replay import replay
from services.campaign.domain.state_hash import state_hash


@dataclass(frozen=True)
class Played:
    """Twelve turns: two of nothing that cost a life to a tick, then deeds, and at last a fight."""

    first: CampaignState
    records: tuple[TurnCommitted, ...]
    events: tuple[TurnResolvedV1, ...]

    @property
    def hashes(self) -> list[str]:
        return [event.data.state_hash for event in self.events]


@pytest.fixture(scope="module")
def played() -> Played:
    kept = json.loads(Path(__file__).with_name("before_time_passed.json").read_text())
    return Played(
        CampaignState.model_validate(kept["first"]),
        tuple(map(TurnCommitted.model_validate, kept["records"])),
        tuple(map(TurnResolvedV1.model_validate, kept["events"])),
    )


def test_records_fold_to_the_hashes_they_were_told_with(played: Played) -> None:
    again = list(replay(played.first, played.records))

    assert [digest for _, digest in again] == played.hashes
    assert [state for state, _ in again] == [record.sheet.state for record in played.records]


def test_a_proof_finds_no_difference(played: Played) -> None:
    told = {event.data.number: event.data.state_hash for event in played.events}

    assert not any(turn.differences for turn in retell(played.first, played.records, told) if turn.turn)


def test_events_alone_fold_to_the_same_states_step_by_step(played: Played) -> None:
    turns = list(retrace(played.first, played.events, lambda event: None))

    assert [state_hash(turn.after) for turn in turns] == played.hashes
    assert all(next(take_apart(turn)).effect.kind == "turn-began" for turn in turns)


def test_an_event_that_was_cut_is_stood_in_for_by_its_record(played: Played) -> None:
    cut = [event.model_copy(update={"data": event.data.model_copy(update={"effects": ()})}) for event in played.events]
    records = {record.number: record for record in played.records}

    turns = list(retrace(played.first, cut, lambda event: records[event.data.number]))

    assert [state_hash(turn.after) for turn in turns] == played.hashes
    assert any(turn.from_record and turn.began for turn in turns)


def test_without_the_tick_they_would_be_other_states(played: Played) -> None:
    unticked = [record.model_copy(update={"opening": ()}) for record in played.records]

    assert [digest for _, digest in replay(played.first, unticked)][:3] != played.hashes[:3]
