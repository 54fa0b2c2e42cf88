"""The system survives what a player breaks on purpose, where the operator allows it; elsewhere it cannot be broken."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from contracts.chaos import Sabotage
from contracts.playerapi import Turn
from tests.support.cloud import Cloud
from tests.support.driving import Game

pytestmark = pytest.mark.cloud

ACTION = "I search this place"


@pytest.fixture(scope="module")
def allowed(cloud: Cloud) -> Iterator[None]:
    """A deployment whose operator enabled chaos."""
    with cloud.chaos():
        yield


def play_broken(game: Game, sabotage: Sabotage) -> Turn:
    """A turn with this broken, after all of it was played exactly once."""
    answer = game.post(ACTION, str(uuid4()), chaos=sabotage)
    assert answer.status_code in (200, 202), answer.text
    turn = game.await_end(answer.json()["id"])
    assert (turn.status, turn.number) == ("resolved", 1), turn.problem
    assert len({roll.key for roll in turn.rolls}) == len(turn.rolls) >= 1
    assert game.facts() == {"CampaignStarted.v1": 1, "TurnAccepted.v1": 1, "TurnAnswered.v1": 1, "TurnResolved.v1": 1}
    return turn


def attempts(turn: Turn, stage: str) -> list[tuple[int, str | None]]:
    return [(step.attempts, step.error) for step in turn.trace if step.stage == stage]


def test_nothing_can_be_broken_where_the_operator_did_not_allow_it(game: Game) -> None:
    answer = game.post(ACTION, str(uuid4()), chaos="drop-model")

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/chaos-disabled")
    assert game.campaign().active_turn is None


def test_a_model_that_drops_every_call_is_stood_in_for(game: Game, allowed: None) -> None:
    turn = play_broken(game, "drop-model")

    assert attempts(turn, "InvokeDungeonMaster")[0] == (3, "ModelUnavailable")
    assert turn.told_by == "understudy"
    assert turn.narrative


def test_a_throttled_model_is_asked_again_until_it_answers(game: Game, allowed: None) -> None:
    turn = play_broken(game, "throttle-model")

    assert {(3, None)} == set(attempts(turn, "InvokeDungeonMaster"))


def test_a_tool_whose_process_dies_rolls_its_dice_once(game: Game, cloud: Cloud, allowed: None) -> None:
    turn = play_broken(game, "kill-tool")

    assert "Runtime.ExitError" in cloud.failures(turn.id)
    assert all(tried >= 2 and error is None for tried, error in attempts(turn, "ExecuteTool"))
