"""How turns end."""

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
from services.gateway.tests.player_client import TABLE, Door
from stagekit.packing import unpack


def under_way(door: Door) -> PlayTurn:
    """A turn that has been accepted and started."""
    door.act(door.campaign())
    return door.workflow.started[-1]


def shown(door: Door, turn: PlayTurn) -> Turn:
    answer = door.turn(turn.envelope.campaign_id, turn.envelope.turn_id or "")
    return Turn.model_validate_json(answer.text)


def gate(door: Door, turn: PlayTurn) -> dict[str, str]:
    (item,) = [each for each in door.items("META") if each["pk"]["S"] == f"CAMPAIGN#{turn.envelope.campaign_id}"]
    return {name: next(iter(value.values())) for name, value in item.items()}


def test_a_resolved_turn_carries_its_story_and_how_it_was_made(door: Door) -> None:
    turn = under_way(door)

    closed = door.resolve(turn)

    assert (closed.status, closed.number) == ("resolved", 1)
    told = shown(door, turn)
    assert (told.narrative, told.told_by, told.economy, told.suggested_actions) == ("Rain.", "model", "full", ("Wait",))
    assert told.trace == builders.TRACE
    assert told.campaign and told.campaign.state.turn == 1
    assert told.action == "I wait"


def test_dice_effects_and_refusals_are_told_in_the_order_they_happened(door: Door) -> None:
    turn = under_way(door)
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

    closing.resolve(FormatResponse(envelope=turn.envelope, committed=committed), door.deadline_dependencies)

    told = shown(door, turn)
    assert told.rolls == (roll,)
    assert [(each.kind, each.call) for each in told.effects] == [
        ("turn-began", f"{turn.envelope.turn_id}/open"),
        ("damaged", "t/0/0"),
        ("level-gained", "t/0/0"),
    ]
    assert told.effects[1].detail["amount"] == 3
    assert [(each.tool, each.refusal.code) for each in told.refusals] == [("move_to", "locked"), ("take", "gone")]


def test_a_resolved_turn_opens_the_gate_for_the_next(door: Door) -> None:
    turn = under_way(door)

    door.resolve(turn)

    seen = gate(door, turn)
    assert "active_turn" not in seen
    assert (seen["turns_resolved"], seen["status"]) == ("1", "active")


def test_a_failed_turn_says_so_in_words_for_the_player_only(door: Door) -> None:
    turn = under_way(door)

    closed = door.fail(turn)

    assert closed.status == "failed"
    told = shown(door, turn)
    assert told.status == "failed" and told.problem
    assert told.problem.type == "/problems/turn-failed"
    assert "a secret of ours" not in told.model_dump_json()
    assert gate(door, turn)["turns_resolved"] == "0"
    assert "active_turn" not in gate(door, turn)


@pytest.mark.parametrize(
    ("error", "kind"),
    [("CampaignOver", "campaign-over"), ("TurnSuperseded", "turn-conflict"), ("States.Timeout", "turn-timed-out")],
)
def test_a_failure_the_player_can_understand_is_named(door: Door, error: str, kind: str) -> None:
    turn = under_way(door)

    door.fail(turn, error)

    problem = shown(door, turn).problem
    assert problem and problem.type == f"/problems/{kind}"


def test_a_failed_turn_goes_to_the_operators_without_the_players_words(door: Door) -> None:
    turn = under_way(door)

    door.fail(turn)
    door.fail(turn)

    assert [sent.cause for sent in door.failed.sent] == ["a secret of ours"] * 2, "at least once"
    assert "I wait" not in door.failed.sent[0].model_dump_json()


def test_a_turn_that_several_gave_up_goes_to_the_operators_as_the_first_of_them_says(door: Door) -> None:
    turn = under_way(door)
    envelope = turn.envelope.child(f"{turn.envelope.turn_id}/fail")
    late = FailTurn(envelope=envelope, error=DEADLINE, stage="deadline")
    again = FailTurn(envelope=envelope, error="Transient", stage="OpenTurn", trace=builders.TRACE)

    door.fail(turn)
    ends = [closing.fail(request, door.deadline_dependencies).status for request in (late, late, again)]

    assert ends == ["failed"] * 3
    assert [sent.stage for sent in door.failed.sent] == ["OpenTurn"]


def test_a_turn_ends_once_and_the_first_end_stands(door: Door) -> None:
    resolved, failed = under_way(door), under_way(door)
    door.resolve(resolved)
    door.fail(failed)

    assert door.fail(resolved).status == "resolved"
    assert door.resolve(failed, number=2).status == "failed"

    assert not [sent for sent in door.failed.sent if sent.envelope.turn_id == resolved.envelope.turn_id]
    assert len(door.events()) == 4
    assert gate(door, failed)["turns_resolved"] == "0"


def test_the_end_of_the_story_closes_the_gate(door: Door) -> None:
    turn = under_way(door)

    door.resolve(turn, status="ended")

    assert gate(door, turn)["status"] == "ended"


def test_after_the_end_of_the_story_no_turn_is_taken(door: Door) -> None:
    turn = under_way(door)
    door.resolve(turn, status="ended")

    assert door.act(turn.envelope.campaign_id).problem == "campaign-over"
    assert len(door.workflow.started) == 1


def test_a_turn_that_finds_the_story_ended_closes_the_gate_behind_it(door: Door) -> None:
    turn = under_way(door)

    door.fail(turn, "CampaignOver")

    assert (gate(door, turn)["status"], gate(door, turn)["turns_resolved"]) == ("ended", "0")
    assert door.act(turn.envelope.campaign_id).problem == "campaign-over"


@pytest.mark.parametrize("error", ["TurnSuperseded", "Transient", "States.Timeout"])
def test_any_other_failure_leaves_the_gate_open(door: Door, error: str) -> None:
    turn = under_way(door)

    door.fail(turn, error)

    assert door.act(turn.envelope.campaign_id).status == 202


def test_ending_an_earlier_turn_late_leaves_the_next_one_alone(door: Door) -> None:
    turn = under_way(door)
    door.dynamodb.update_item(
        TableName="gateway",
        Key={"pk": {"S": f"CAMPAIGN#{turn.envelope.campaign_id}"}, "sk": {"S": "META"}},
        UpdateExpression="SET active_turn = :other",
        ExpressionAttributeValues={":other": {"S": "t_" + "z" * 26}},
    )

    door.resolve(turn)

    assert gate(door, turn)["active_turn"] == "t_" + "z" * 26


def test_facts_are_numbered_without_a_gap_and_hold_no_words_of_the_player(door: Door) -> None:
    campaign = door.campaign()
    door.act(campaign, "I whisper xyzzy")
    door.resolve(door.workflow.started[0])
    door.act(campaign, "I whisper xyzzy again")
    door.fail(door.workflow.started[1])

    events = door.events()

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


def test_the_answered_fact_says_how_long_the_player_waited_and_where(door: Door) -> None:
    turn = under_way(door)
    door.clock.pause(1.5)

    door.resolve(turn)

    data = TurnAnsweredV1.model_validate(door.events()[-1]["detail"]).data
    assert data.milliseconds == 1500
    assert [(step.stage, step.attempts, step.error) for step in data.stages] == [
        ("OpenTurn", 2, None),
        ("InvokeDungeonMaster", 1, "ModelRefused"),
    ]


def test_an_overdue_turn_is_voided_and_failed(door: Door) -> None:
    turn = under_way(door)

    door.deadline(turn)

    assert door.stages.voided == [turn.envelope.turn_id]
    problem = shown(door, turn).problem
    assert problem and problem.type == "/problems/turn-timed-out"
    assert [sent.stage for sent in door.failed.sent] == ["deadline"]


def test_an_overdue_turn_that_was_committed_is_resolved(door: Door) -> None:
    turn = under_way(door)
    door.stages.committed[turn.envelope.turn_id or ""] = builders.committed_as(turn.envelope, 1)

    door.deadline(turn)

    assert shown(door, turn).status == "resolved"
    assert not door.failed.sent


def test_deadlines_that_come_together_close_whoever_is_open_and_leave_the_others(door: Door) -> None:
    ended, open_still = under_way(door), under_way(door)
    door.resolve(ended)

    door.deadline(ended, open_still, open_still)

    assert door.stages.voided == [open_still.envelope.turn_id]
    assert (shown(door, ended).status, shown(door, open_still).status) == ("resolved", "failed")


def test_a_deadline_of_no_turn_closes_nothing_and_says_so(door: Door) -> None:
    turn = under_way(door)
    unknown = turn.model_copy(update={"envelope": turn.envelope.model_copy(update={"turn_id": f"t_{'z' * 26}"})})

    with pytest.raises(InvalidRequest, match="no such turn"):
        door.deadline(turn, unknown)

    assert not door.stages.voided, "the queue delivers them again, each alone"


def test_the_deadline_of_a_turn_that_has_ended_does_nothing(door: Door) -> None:
    turn = under_way(door)
    door.resolve(turn)

    door.deadline(turn)

    assert not door.stages.voided
    assert shown(door, turn).status == "resolved"


def test_closing_a_turn_that_nobody_admitted_is_a_bug(door: Door) -> None:
    with pytest.raises(InvalidRequest):
        door.resolve(builders.turn())


def test_a_turn_that_was_stored_before_texts_were_packed_is_shown_the_same(door: Door) -> None:
    turn = under_way(door)
    door.resolve(turn)
    now = shown(door, turn)

    (item,) = door.items("TURN#")
    door.dynamodb.put_item(TableName=TABLE, Item={**item, "view": {"S": unpack(item["view"]["S"])}})

    assert shown(door, turn) == now
