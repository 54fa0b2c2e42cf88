"""Every accepted turn ends, once: resolved, or failed and without a trace in the campaign."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from contracts.playerapi import Turn
from tests.support.cloud import NOWHERE, Cloud, Item
from tests.support.driving import Game
from tests.support.sockets import listening
from tests.support.waiting import until
from tests.support.worker_faults import ON_LINUX, frozen

pytestmark = pytest.mark.cloud

ACTION = "I search this place"


def list_kept(cloud: Cloud, game: Game) -> list[Item]:
    """All that the campaign service has of this campaign, but for the tombstones of turns given up."""
    mine = (item for item in cloud.items("campaign/campaign") if game.campaign_id in item["pk"]["S"])
    return [item for item in mine if item.get("entity") != {"S": "void"}]


def its_deadline(cloud: Cloud, game: Game) -> Item:
    """The message that comes to the deadline consumer for the latest turn."""
    facts = cloud.read_outbox("gateway/gateway", f"turns/{game.campaign_id}")
    return [fact for fact in facts if fact["detail-type"] == "TurnAccepted.v1"][-1]


def changed_nothing(cloud: Cloud, game: Game, turn: Turn, before: list[Item]) -> None:
    """Assert that a turn failed as a failed turn should, and that the next one is played."""
    assert turn.status == "failed"
    assert list_kept(cloud, game) == before
    campaign = game.campaign()
    assert (campaign.turn, campaign.active_turn) == (0, None)
    assert game.facts() == {"CampaignStarted.v1": 1, "TurnAccepted.v1": 1, "TurnFailed.v1": 1}
    told = json.loads(cloud.take("gateway/failed-turns", turn.id)[0]["Body"])
    assert told["envelope"]["campaign_id"] == game.campaign_id
    following = game.act(ACTION)
    assert (following.status, following.number) == ("resolved", 1)


def test_a_turn_that_cannot_be_committed_fails_and_changes_nothing(game: Game, cloud: Cloud):
    before = list_kept(cloud, game)
    with cloud.settings("campaign", "persist_campaign", CAMPAIGN_TABLE=NOWHERE), listening(game) as connection:
        answer = game.post(ACTION)
        connection.until("turn-failed")

    turn = Turn.model_validate(answer.json())
    assert answer.status_code == 200
    assert turn.problem and (turn.problem.type, turn.problem.status) == ("/problems/turn-failed", 500)
    assert NOWHERE not in answer.text
    assert next(step.error for step in turn.trace if step.stage == "PersistCampaign") == "ClientError"
    changed_nothing(cloud, game, turn, before)


def test_a_turn_whose_workflow_never_started_is_closed_at_its_deadline(game: Game, cloud: Cloud):
    before = list_kept(cloud, game)
    with (
        cloud.undelayed("gateway/turn-deadline"),
        cloud.settings("gateway", "api", STATE_MACHINE_ARN=f"{cloud.stack['state_machine']}-{NOWHERE}"),
        listening(game) as connection,
    ):
        turn = game.await_end(game.start(ACTION))
        connection.until("turn-failed")

    assert turn.problem and (turn.problem.type, turn.problem.status) == ("/problems/turn-timed-out", 504)
    assert cloud.executions(turn.id) == []
    changed_nothing(cloud, game, turn, before)


def test_a_turn_whose_start_was_lost_is_started_by_the_same_request(game: Game, cloud: Cloud):
    key = str(uuid4())
    with cloud.settings("gateway", "api", STATE_MACHINE_ARN=f"{cloud.stack['state_machine']}-{NOWHERE}"):
        turn_id = game.start(ACTION, key)

    turn = game.act(ACTION, key)

    assert (turn.id, turn.status, turn.number) == (turn_id, "resolved", 1)


def test_a_turn_that_could_not_even_be_voided_is_closed_at_its_deadline(game: Game, cloud: Cloud):
    before = list_kept(cloud, game)
    with (
        cloud.settings("campaign", "persist_campaign", CAMPAIGN_TABLE=NOWHERE),
        cloud.settings("campaign", "void_turn", CAMPAIGN_TABLE=NOWHERE),
    ):
        turn_id = game.start(ACTION)
        until(lambda: cloud.executions(turn_id)[0]["status"] == "FAILED", why="the end of the workflow")
    assert game.turn(turn_id).status == "running"

    cloud.consume("gateway", "deadline", [its_deadline(cloud, game)])

    changed_nothing(cloud, game, game.turn(turn_id), before)


def test_a_committed_turn_whose_answer_could_not_be_written_is_answered_at_its_deadline(game: Game, cloud: Cloud):
    with cloud.settings("gateway", "format_response", GATEWAY_TABLE=NOWHERE):
        turn_id = game.start(ACTION)
        until(lambda: cloud.executions(turn_id)[0]["status"] == "FAILED", why="the end of the workflow")

    cloud.consume("gateway", "deadline", [its_deadline(cloud, game)])

    turn = game.turn(turn_id)
    assert (turn.status, turn.number) == ("resolved", 1)
    assert turn.campaign == game.campaign().sheet
    assert game.facts() == {"CampaignStarted.v1": 1, "TurnAccepted.v1": 1, "TurnAnswered.v1": 1, "TurnResolved.v1": 1}


@pytest.mark.skipif(not ON_LINUX, reason="looks into the pipes of processes")
def test_a_commit_that_comes_after_the_deadline_changes_nothing(game: Game, cloud: Cloud):
    before = list_kept(cloud, game)
    with frozen(cloud, "campaign", "persist_campaign") as workers:
        turn_id = game.start(ACTION)
        workers.await_call()
        cloud.consume("gateway", "deadline", [its_deadline(cloud, game)])
        assert game.turn(turn_id).status == "failed"
    until(lambda: cloud.executions(turn_id)[0]["status"] != "RUNNING", why="the end of the workflow")

    assert "TurnWasVoided" in cloud.failures(turn_id)
    changed_nothing(cloud, game, game.turn(turn_id), before)


def test_the_deadline_of_a_finished_turn_changes_nothing(game: Game, cloud: Cloud):
    turn = game.act(ACTION)
    before = cloud.admissions(), cloud.items("campaign/campaign")

    cloud.consume("gateway", "deadline", [its_deadline(cloud, game)])

    assert (cloud.admissions(), cloud.items("campaign/campaign")) == before
    assert game.turn(turn.id) == turn
