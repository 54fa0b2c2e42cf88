"""Workers die, functions are throttled, a step comes twice: the turn ends right, exactly once."""

from __future__ import annotations

import json
from collections import Counter
from uuid import uuid4

import httpx
import pytest

from contracts.playerapi import Turn
from tests.support.cloud import NOWHERE, Cloud
from tests.support.driving import Game
from tests.support.size import pick_size
from tests.support.waiting import together, until
from tests.support.worker_faults import ON_LINUX, frozen

pytestmark = pytest.mark.cloud

ACTION = "I search this place"
STAGES = {
    "OpenTurn": ("campaign", "open_turn"),
    "RetrieveLore": ("lore", "retrieve_lore"),
    "InvokeDungeonMaster": ("dm", "invoke_dungeon_master"),
    "ExecuteTool": ("tools", "execute_tool"),
    "SettleEffects": ("campaign", "settle_effects"),
    "PlayWorld": ("tools", "play_world"),
    "PersistCampaign": ("campaign", "persist_campaign"),
    "FormatResponse": ("gateway", "format_response"),
}
KILLED = pick_size(("InvokeDungeonMaster", "ExecuteTool", "PersistCampaign"), soaking=tuple(STAGES))
"""The stages that are paid for, roll and commit; what the workflow makes of a death at any stage is tried in
process."""
needs_pipes = pytest.mark.skipif(not ON_LINUX, reason="looks into the pipes of processes")


def is_the_only_turn(game: Game, turn: Turn) -> None:
    """Assert that the turn was played once: by number, by dice, by what the audit has of it."""
    assert turn.status == "resolved", turn.problem
    assert turn.number == 1
    campaign = game.campaign()
    assert (campaign.turn, campaign.active_turn) == (1, None)
    assert campaign.sheet == turn.campaign
    assert len({roll.key for roll in turn.rolls}) == len(turn.rolls) >= 1
    facts = game.facts()
    assert facts == {"CampaignStarted.v1": 1, "TurnAccepted.v1": 1, "TurnAnswered.v1": 1, "TurnResolved.v1": 1}


def attempts(turn: Turn, stage: str) -> int:
    """The most that a stage of this name took."""
    return max(step.attempts for step in turn.trace if step.stage == stage)


@needs_pipes
@pytest.mark.parametrize("stage", KILLED)
def test_killing_the_worker_of_any_stage_mid_call_still_ends_in_a_correct_turn(game: Game, cloud: Cloud, stage: str):
    with frozen(cloud, *STAGES[stage]) as workers:
        turn_id = game.start(ACTION)
        workers.kill_the_called_one()
    turn = game.await_end(turn_id)

    assert "Runtime.ExitError" in cloud.failures(turn_id)
    is_the_only_turn(game, turn)
    if stage != "FormatResponse":  # it writes the trace, so it is not in it
        assert attempts(turn, stage) == 2


@needs_pipes
def test_a_request_whose_api_worker_died_is_sent_again_and_is_one_turn(game: Game, cloud: Cloud):
    key = str(uuid4())
    with frozen(cloud, "gateway", "api") as workers:
        dying = together(lambda n: game.post(ACTION, key, wait=0) if n else workers.kill_the_called_one(), times=2)[1]

    assert isinstance(dying, httpx.Response)
    assert dying.status_code >= 500
    is_the_only_turn(game, game.act(ACTION, key))


@pytest.mark.parametrize("stage", ["RetrieveLore", "PersistCampaign"])
def test_a_throttled_function_is_tried_again(game: Game, cloud: Cloud, stage: str):
    with cloud.throttled(*STAGES[stage]):
        turn_id = game.start(ACTION)
        until(lambda: cloud.failures(turn_id), why="a throttle")
    turn = game.await_end(turn_id)

    assert set(cloud.failures(turn_id)) == {"Lambda.TooManyRequestsException"}
    assert attempts(turn, stage) >= 2
    is_the_only_turn(game, turn)


def test_the_same_workflow_started_three_times_at_once_is_one_turn(game: Game, cloud: Cloud):
    machines, machine = cloud.client("stepfunctions"), cloud.stack["state_machine"]
    with cloud.settings("gateway", "api", STATE_MACHINE_ARN=f"{machine}-{NOWHERE}"):
        turn_id = game.start(ACTION)
    play = {
        "envelope": {
            "idempotency_key": turn_id,
            "correlation_id": turn_id,
            "campaign_id": game.campaign_id,
            "turn_id": turn_id,
        },
        "owner": game.player,
        "action": ACTION,
    }

    ends = together(lambda _: machines.start_sync_execution(stateMachineArn=machine, input=json.dumps(play)), times=3)

    assert Counter(end["status"] for end in ends) == {"SUCCEEDED": 3}
    assert len({end["output"] for end in ends}) == 1
    is_the_only_turn(game, game.turn(turn_id))
    until(lambda: not cloud.count_queued("audit/events"), why="an empty queue")


def test_a_finished_turn_played_again_by_its_workflow_changes_nothing(game: Game, cloud: Cloud):
    turn = game.act(ACTION)
    [execution] = cloud.executions(turn.id)
    before = cloud.items("campaign/campaign"), cloud.admissions()

    again = cloud.client("stepfunctions").start_sync_execution(
        stateMachineArn=execution["stateMachineArn"], input=execution["input"]
    )

    assert again["status"] == "SUCCEEDED"
    assert (cloud.items("campaign/campaign"), cloud.admissions()) == before
    is_the_only_turn(game, turn)
