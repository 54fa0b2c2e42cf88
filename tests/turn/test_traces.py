"""Events that a played turn announces find their place among the steps that the workflow timed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from contracts.envelope import Event
from ninelives.analytics.tracing.steps import steps_of
from ninelives.analytics.tracing.told import TurnTold, event_of
from stagekit import events as announced
from stagekit.packing import unpack
from tests.support.whole_turns import Table

GATEWAYS = {"accept", "format"}
"""Keys of what is no step of the workflow's trace: it stands before it, or writes it down."""


def test_every_event_of_a_played_turn_belongs_to_a_timed_step(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[Event] = []
    monkeypatch.setattr(
        announced, "announce", lambda progress, envelope: events.append(progress.event(envelope, datetime.now(UTC)))
    )
    turn = table.act("I look around")
    turns = [turn["id"]]
    for _ in range(4):
        turn = table.act(turn["suggested_actions"][0])
        turns.append(turn["id"])
    events += _list_committed()

    for turn_id in turns:
        told = TurnTold.of(event for event in events if event.metadata.turn_id == turn_id)
        steps = steps_of(told)
        assert told.is_whole
        assert {step.key for step in steps} - {None} == set(told.by_key) - GATEWAYS
        assert all(step.timing for step in steps)
    assert {"ToolExecuted.v1", "DungeonMasterResponded.v1"} <= {event.detail_type for event in events}


def _list_committed() -> list[Event]:
    """The facts that a trace needs, from both outboxes."""
    told: list[Any] = [
        json.loads(unpack(item["event"]))
        for name in ("gateway", "campaign")
        for item in boto3.resource("dynamodb").Table(name).scan()["Items"]
        if item.get("entity") == "event"
    ]
    known = (event_of(each["detail_type"], each["detail"]["metadata"], each["detail"]["data"]) for each in told)
    return [event for event in known if event]
