"""A day whose money is spent: the understudy tells, no turn is lost, and its player is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.gateway.adapters.spending import mark_spent
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain.records import RESTART_AFTER
from services.gateway.tests import builders
from services.gateway.tests.player_client import TABLE, PlayerClient

TODAY = builders.NOW.date()


@pytest.fixture
def campaign(game: PlayerClient) -> str:
    mark_spent(game.dynamodb, TABLE, TODAY)
    return game.campaign()


def test_a_turn_is_told_by_the_understudy_and_says_why_from_the_beginning(game: PlayerClient, campaign: str) -> None:
    accepted = game.act(campaign)

    (started,) = game.workflow.started
    assert (accepted.status, started.provider) == (202, "understudy")
    notice = accepted.json["notice"]
    assert (notice["code"], notice["until"]) == ("day-ceiling", "2026-11-23T00:00:00Z")
    assert "a program tells the story" in notice["text"]
    game.resolve(started)
    assert game.turn(campaign, accepted.json["id"]).json["notice"] == notice


def test_a_turn_that_is_started_again_is_told_as_it_was_admitted(game: PlayerClient, campaign: str) -> None:
    game.workflow.down = True
    game.act(campaign, key="one")
    game.workflow.down = False
    game.dynamodb.delete_item(TableName=TABLE, Key={"pk": {"S": "SPENT"}, "sk": {"S": TODAY.isoformat()}})
    game.clock.time += RESTART_AFTER

    game.act(campaign, key="one")

    assert [turn.provider for turn in game.workflow.started] == ["understudy"]


def test_the_next_day_the_model_tells_again(game: PlayerClient, campaign: str) -> None:
    game.clock.time += timedelta(days=1)

    turn = game.act(campaign).json

    assert game.workflow.started[0].provider is None
    assert turn["notice"] is None


def test_a_look_at_a_turn_is_one_call_with_a_ceiling_and_without(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = game.dynamodb.batch_get_item
    monkeypatch.setattr(
        game.dynamodb,
        "batch_get_item",
        lambda **items: asked.append(len(items["RequestItems"][TABLE]["Keys"])) or read(**items),
    )
    for today in (None, lambda: TODAY):
        DynamoTurnRepository(game.dynamodb, TABLE, today).snapshot("ada", "k", builders.CAMPAIGN_ID, builders.TURN_ID)

    assert asked == [5, 6]
