"""A day whose money is spent: the understudy tells, no turn is lost, and its player is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.gateway.adapters.spending import mark_spent
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain.records import RESTART_AFTER
from services.gateway.tests import builders
from services.gateway.tests.player_client import TABLE, Door

TODAY = builders.NOW.date()


@pytest.fixture
def campaign(door: Door) -> str:
    mark_spent(door.dynamodb, TABLE, TODAY)
    return door.campaign()


def test_a_turn_is_told_by_the_understudy_and_says_why_from_the_beginning(door: Door, campaign: str) -> None:
    accepted = door.act(campaign)

    (started,) = door.workflow.started
    assert (accepted.status, started.provider) == (202, "understudy")
    notice = accepted.json["notice"]
    assert (notice["code"], notice["until"]) == ("day-ceiling", "2026-11-23T00:00:00Z")
    assert "a program tells the story" in notice["text"]
    door.resolve(started)
    assert door.turn(campaign, accepted.json["id"]).json["notice"] == notice


def test_a_turn_that_is_started_again_is_told_as_it_was_admitted(door: Door, campaign: str) -> None:
    door.workflow.down = True
    door.act(campaign, key="one")
    door.workflow.down = False
    door.dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": "SPENT"}, "sk": {"S": TODAY.isoformat()}})
    door.clock.time += RESTART_AFTER

    door.act(campaign, key="one")

    assert [turn.provider for turn in door.workflow.started] == ["understudy"]


def test_the_next_day_the_model_tells_again(door: Door, campaign: str) -> None:
    door.clock.time += timedelta(days=1)

    turn = door.act(campaign).json

    assert door.workflow.started[0].provider is None
    assert turn["notice"] is None


def test_a_look_at_a_turn_is_one_call_with_a_ceiling_and_without(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    read = door.dynamodb.batch_get_item
    monkeypatch.setattr(
        door.dynamodb,
        "batch_get_item",
        lambda **items: asked.append(len(items["RequestItems"][TABLE]["Keys"])) or read(**items),
    )
    for today in (None, lambda: TODAY):
        DynamoTurnRepository(door.dynamodb, TABLE, today).snapshot("ada", "k", builders.CAMPAIGN_ID, builders.TURN_ID)

    assert asked == [5, 6]
