"""The ends of turns."""

from __future__ import annotations

import json

import pytest

from contracts import campaign as campaigns
from contracts import effects, tools
from contracts.errors import InvalidRequest
from contracts.gateway import FailTurn, FormatResponse, PlayTurn, TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from contracts.playerapi import Turn
from services.gateway.application.turns import closing
from services.gateway.domain.turn_view import DEADLINE
from services.gateway.tests import builders
from services.gateway.tests.player_client import TABLE, PlayerClient
from stagekit.packing import unpack


def under_way(game: PlayerClient) -> PlayTurn:
    """A turn that has been accepted and started."""
    game.act(game.campaign())
    return game.workflow.started[-1]


def show(game: PlayerClient, turn: PlayTurn) -> Turn:
    answer = game.turn(turn.envelope.campaign_id, turn.envelope.turn_id or "")
    return Turn.model_validate_json(answer.text)


def gate(game: PlayerClient, turn: PlayTurn) -> dict[str, str]:
    (item,) = [each for each in game.items("META") if each["pk"]["S"] == f"CAMPAIGN#{turn.envelope.campaign_id}"]
    return {name: next(iter(value.values())) for name, value in item.items()}


def test_a_resolved_turn_carries_its_story_and_how_it_was_made(game: PlayerClient) -> None:
    turn = under_way(game)

    closed = game.resolve(turn)

    assert (closed.status, closed.number) == ("resolved", 1)
    told = show(game, turn)
    assert (told.narrative, told.told_by, told.economy, told.suggested_actions) == ("Rain.", "model", "full", ("Wait",))
    assert told.trace == builders.TRACE
    assert told.campaign and told.campaign.state.turn == 1
    assert told.action == "I wait"


def test_dice_effects_and_refusals_are_told_in_the_order_they_happened(game: PlayerClient) -> None:
    turn = under_way(game)
    roll = tools.Roll(key="r/0", purpose="attack", count=1, sides=20, faces=(9,), kept=(9,), total=9)
    done = tools.Outcome(
        key="t/0/0", call=tools.ToolCall(call_id="a", name="attack"), verdict="done", rolls=(roll,),
        effects=(effects.Damaged(target="rat-1", amount=3, damage_type="slash", source="character"),),
    )  # fmt: skip
    no = tools.Refusal(code="locked", rule="Locks need keys.", message="The door is locked.")
    refused = tools.Outcome(
        key="t/0/1", call=tools.ToolCall(call_id="b", name="move_to"), verdict="refused", refusal=no
    )
    late = tools.Outcome(key="t/0/2", call=tools.ToolCall(call_id="c", name="take"), verdict="done",
                         effects=(effects.FindTaken(find="coin"),))  # fmt: skip
    committed = builders.committed_as(turn.envelope, 1).model_copy(
        update={
            "opening": (effects.TurnBegan(),),
            "settled": (
                campaigns.Settled(
                    outcome=done, applied=True, consequences=(effects.LevelGained(level=2, hp_gained=4),)
                ),
                campaigns.Settled(outcome=refused, applied=False),
                campaigns.Settled(
                    outcome=late,
                    applied=False,
                    refused=effects.Refused(effect="find-taken", code="gone", reason="Somebody took it."),
                ),
            ),
        }
    )

    closing.resolve(FormatResponse(envelope=turn.envelope, committed=committed), game.deadline_dependencies)

    told = show(game, turn)
    assert told.rolls == (roll,)
    assert [(each.kind, each.call) for each in told.effects] == [
        ("turn-began", f"{turn.envelope.turn_id}/open"),
        ("damaged", "t/0/0"),
        ("level-gained", "t/0/0"),
    ]
    assert told.effects[1].detail["amount"] == 3
    assert [(each.tool, each.refusal.code) for each in told.refusals] == [("move_to", "locked"), ("take", "gone")]


def test_a_resolved_turn_opens_the_gate_for_the_next(game: PlayerClient) -> None:
    turn = under_way(game)

    game.resolve(turn)

    seen = gate(game, turn)
    assert "active_turn" not in seen
    assert (seen["turns_resolved"], seen["status"]) == ("1", "active")


def test_a_failed_turn_says_so_in_words_for_the_player_only(game: PlayerClient) -> None:
    turn = under_way(game)

    closed = game.fail(turn)

    assert closed.status == "failed"
    told = show(game, turn)
    assert told.status == "failed" and told.problem
    assert told.problem.type == "/problems/turn-failed"
    assert "a secret of ours" not in told.model_dump_json()
    assert gate(game, turn)["turns_resolved"] == "0"
    assert "active_turn" not in gate(game, turn)


@pytest.mark.parametrize(
    ("error", "kind"),
    [("CampaignOver", "campaign-over"), ("TurnSuperseded", "turn-conflict"), ("States.Timeout", "turn-timed-out")],
)
def test_a_failure_the_player_can_understand_is_named(game: PlayerClient, error: str, kind: str) -> None:
    turn = under_way(game)

    game.fail(turn, error)

    problem = show(game, turn).problem
    assert problem and problem.type == f"/problems/{kind}"


def test_a_failed_turn_goes_to_the_operators_without_the_players_words(game: PlayerClient) -> None:
    turn = under_way(game)

    game.fail(turn)
    game.fail(turn)

    assert [sent.cause for sent in game.failed.sent] == ["a secret of ours"] * 2, "at least once"
    assert "I wait" not in game.failed.sent[0].model_dump_json()


def test_a_turn_that_several_gave_up_goes_to_the_operators_as_the_first_of_them_says(game: PlayerClient) -> None:
    turn = under_way(game)
    envelope = turn.envelope.child(f"{turn.envelope.turn_id}/fail")
    late = FailTurn(envelope=envelope, error=DEADLINE, stage="deadline")
    again = FailTurn(envelope=envelope, error="Transient", stage="OpenTurn", trace=builders.TRACE)

    game.fail(turn)
    ends = [closing.fail(request, game.deadline_dependencies).status for request in (late, late, again)]

    assert ends == ["failed"] * 3
    assert [sent.stage for sent in game.failed.sent] == ["OpenTurn"]


def test_a_turn_ends_once_and_the_first_end_stands(game: PlayerClient) -> None:
    resolved, failed = under_way(game), under_way(game)
    game.resolve(resolved)
    game.fail(failed)

    assert game.fail(resolved).status == "resolved"
    assert game.resolve(failed, number=2).status == "failed"

    assert not [sent for sent in game.failed.sent if sent.envelope.turn_id == resolved.envelope.turn_id]
    assert len(game.events()) == 4
    assert gate(game, failed)["turns_resolved"] == "0"


def test_the_end_of_the_story_closes_the_gate(game: PlayerClient) -> None:
    turn = under_way(game)

    game.resolve(turn, status="ended")

    assert gate(game, turn)["status"] == "ended"


def test_after_the_end_of_the_story_no_turn_is_taken(game: PlayerClient) -> None:
    turn = under_way(game)
    game.resolve(turn, status="ended")

    assert game.act(turn.envelope.campaign_id).problem == "campaign-over"
    assert len(game.workflow.started) == 1


def test_a_turn_that_finds_the_story_ended_closes_the_gate_behind_it(game: PlayerClient) -> None:
    turn = under_way(game)

    game.fail(turn, "CampaignOver")

    assert (gate(game, turn)["status"], gate(game, turn)["turns_resolved"]) == ("ended", "0")
    assert game.act(turn.envelope.campaign_id).problem == "campaign-over"


@pytest.mark.parametrize("error", ["TurnSuperseded", "Transient", "States.Timeout"])
def test_any_other_failure_leaves_the_gate_open(game: PlayerClient, error: str) -> None:
    turn = under_way(game)

    game.fail(turn, error)

    assert game.act(turn.envelope.campaign_id).status == 202


def test_ending_an_earlier_turn_late_leaves_the_next_one_alone(game: PlayerClient) -> None:
    turn = under_way(game)
    game.dynamodb.update_item(
        TableName="gateway",
        Key={"pk": {"S": f"CAMPAIGN#{turn.envelope.campaign_id}"}, "sk": {"S": "META"}},
        UpdateExpression="SET active_turn = :other",
        ExpressionAttributeValues={":other": {"S": "t_" + "z" * 26}},
    )

    game.resolve(turn)

    assert gate(game, turn)["active_turn"] == "t_" + "z" * 26


def test_facts_are_numbered_without_a_gap_and_hold_no_words_of_the_player(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign, "I whisper xyzzy")
    game.resolve(game.workflow.started[0])
    game.act(campaign, "I whisper xyzzy again")
    game.fail(game.workflow.started[1])

    events = game.events()

    kinds = {kind.detail_type: kind for kind in (TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1)}
    parsed = [kinds[event["detail_type"]].model_validate(event["detail"]) for event in events]
    assert [type(event).__name__ for event in parsed] == [
        "TurnAcceptedV1", "TurnAnsweredV1", "TurnAcceptedV1", "TurnFailedV1",
    ]  # fmt: skip
    assert [event.metadata.sequence for event in parsed] == [1, 2, 3, 4]
    assert len({event.metadata.event_id for event in parsed}) == 4
    assert {event.metadata.stream for event in parsed} == {f"turns/{campaign}"}
    assert all(event["source"] == "ninelives.gateway" for event in events)
    assert "xyzzy" not in json.dumps(events)


def test_the_answered_fact_says_how_long_the_player_waited_and_where(game: PlayerClient) -> None:
    turn = under_way(game)
    game.clock.pause(1.5)

    game.resolve(turn)

    data = TurnAnsweredV1.model_validate(game.events()[-1]["detail"]).data
    assert data.milliseconds == 1500
    assert [(step.stage, step.attempts, step.error) for step in data.stages] == [
        ("OpenTurn", 2, None),
        ("InvokeDungeonMaster", 1, "ModelRefused"),
    ]


def test_an_overdue_turn_is_voided_and_failed(game: PlayerClient) -> None:
    turn = under_way(game)

    game.deadline(turn)

    assert game.stages.voided == [turn.envelope.turn_id]
    problem = show(game, turn).problem
    assert problem and problem.type == "/problems/turn-timed-out"
    assert [sent.stage for sent in game.failed.sent] == ["deadline"]


def test_an_overdue_turn_that_was_committed_is_resolved(game: PlayerClient) -> None:
    turn = under_way(game)
    game.stages.committed[turn.envelope.turn_id or ""] = builders.committed_as(turn.envelope, 1)

    game.deadline(turn)

    assert show(game, turn).status == "resolved"
    assert not game.failed.sent


def test_deadlines_that_come_together_close_whoever_is_open_and_leave_the_others(game: PlayerClient) -> None:
    ended, open_still = under_way(game), under_way(game)
    game.resolve(ended)

    game.deadline(ended, open_still, open_still)

    assert game.stages.voided == [open_still.envelope.turn_id]
    assert (show(game, ended).status, show(game, open_still).status) == ("resolved", "failed")


def test_a_deadline_of_no_turn_closes_nothing_and_says_so(game: PlayerClient) -> None:
    turn = under_way(game)
    unknown = turn.model_copy(update={"envelope": turn.envelope.model_copy(update={"turn_id": f"t_{'z' * 26}"})})

    with pytest.raises(InvalidRequest, match="no such turn"):
        game.deadline(turn, unknown)

    assert not game.stages.voided, "the queue delivers them again, each alone"


def test_the_deadline_of_a_turn_that_has_ended_does_nothing(game: PlayerClient) -> None:
    turn = under_way(game)
    game.resolve(turn)

    game.deadline(turn)

    assert not game.stages.voided
    assert show(game, turn).status == "resolved"


def test_closing_a_turn_that_nobody_admitted_is_a_bug(game: PlayerClient) -> None:
    with pytest.raises(InvalidRequest):
        game.resolve(builders.turn())


def test_a_turn_that_was_stored_before_texts_were_packed_is_shown_the_same(game: PlayerClient) -> None:
    turn = under_way(game)
    game.resolve(turn)
    now = show(game, turn)

    (item,) = game.items("TURN#")
    game.dynamodb.put_item(TableName=TABLE, Item={**item, "view": {"S": unpack(item["view"]["S"])}})

    assert show(game, turn) == now
