"""Turns through the definition with every service's own code, on simulated tables."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from contracts.campaign import TurnResolvedV1, VoidTurn
from services.gateway.domain.feed import make_entry
from stagekit.outbox import read
from tests.support.whole_turns import Table

EXPRESS_WISH = 64 * 1024


def test_ten_turns_are_played_with_what_the_master_suggests(table: Table) -> None:
    turn = table.act("I look around")

    for number in range(2, 11):
        turn = table.act(turn["suggested_actions"][number % len(turn["suggested_actions"])])
        assert (turn["status"], turn["number"], turn["told_by"]) == ("resolved", number, "understudy"), turn

    assert table.sheet()["state"]["turn"] == 10
    assert max(table.cast.bytes.values()) < EXPRESS_WISH


def test_every_message_delivered_twice_makes_the_same_turn(table: Table) -> None:
    table.cast.deliveries = 2

    first = table.act("I look around")
    second = table.act(first["suggested_actions"][0])

    assert (first["number"], second["number"]) == (1, 2)
    assert table.sheet() == second["campaign"]
    assert len(table.game.events()) == 4


def test_a_turn_that_runs_twice_is_played_once(table: Table) -> None:
    turn = table.act("I search the place")
    (started,) = table.game.workflow.started

    table.cast.play(started)

    assert [execution["status"] for execution in table.cast.executions] == ["SUCCEEDED", "SUCCEEDED"]
    assert table.cast.executions[0]["output"] == table.cast.executions[1]["output"]
    assert table.sheet() == turn["campaign"]
    assert table.game.turn(table.campaign, turn["id"]).json == turn
    assert len(table.game.events()) == 2


@pytest.mark.parametrize("stage", ["RetrieveLore", "InvokeDungeonMaster", "ExecuteTool", "SettleEffects", "PlayWorld"])
def test_a_turn_that_fails_leaves_the_campaign_exactly_as_it_was(table: Table, stage: str) -> None:
    before = table.sheet()
    table.cast.lost = {stage: "Broken"}

    turn = table.act("I search the place")

    assert (turn["status"], turn["problem"]["type"]) == ("failed", "/problems/turn-failed")
    assert table.sheet() == before
    table.cast.lost = {}
    assert table.act("I search the place")["number"] == 1


def test_a_turn_whose_commit_is_unheard_of_is_resolved_by_its_deadline(table: Table) -> None:
    table.cast.lost = {"FormatResponse": "Broken"}
    turn = table.act("I search the place")
    assert turn["status"] == "accepted"

    table.game.deadline(table.game.workflow.started[0])

    shown = table.game.turn(table.campaign, turn["id"]).json
    assert (shown["status"], shown["number"]) == ("resolved", 1)
    assert table.sheet() == shown["campaign"]


def test_a_turn_nobody_played_is_failed_by_its_deadline_and_a_late_run_cannot_commit_it(table: Table) -> None:
    before = table.sheet()
    table.game.workflow.plays = lambda turn: False
    table.act("I search the place")
    (late,) = table.game.workflow.started
    table.game.deadline(late)

    table.cast.play(late)

    assert table.sheet() == before
    assert table.game.turn(table.campaign, late.envelope.turn_id or "").json["status"] == "failed"


def test_who_was_met_long_ago_is_remembered_once_the_last_turns_have_moved_on(table: Table) -> None:
    met = table.act("I talk to Ferrule")
    for _ in range(5):
        table.act("I wait")
    table.remembers()

    told = table.act("What do I know about Ferrule?")

    assert (met["number"], told["status"], told["economy"]) == (1, "resolved", "full")
    assert "“You meet Ferrule" in told["narrative"]


def test_a_turn_whose_memory_cannot_be_reached_is_told_all_the_same(table: Table) -> None:
    for _ in range(5):
        table.act("I wait")
    table.cast.lost = {"RecallChronicle": "Transient"}

    turn = table.act("I look around")

    assert turn["status"] == "resolved"
    assert [step["error"] for step in turn["trace"] if step["stage"] == "RecallChronicle"] == ["Transient"]


def test_a_turn_is_closed_under_the_same_keys_at_its_deadline_as_by_the_workflow(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    voided: list[str] = []
    stages = table.game.stages
    real = stages.call

    def call(request: Any, reply: Any) -> Any:
        if isinstance(request, VoidTurn):
            voided.append(request.envelope.idempotency_key)
        return real(request, reply)

    monkeypatch.setattr(stages, "call", call)
    table.game.workflow.plays = lambda turn: False
    table.act("I search the place")
    (late,) = table.game.workflow.started
    table.game.deadline(late)

    table.cast.play(late)

    keys = {
        stage: table.cast.requests_to(stage)[0]["envelope"]["idempotency_key"] for stage in ("VoidTurn", "FailTurn")
    }
    (failed,) = [each for each in table.game.events() if each["detail_type"].startswith("TurnFailed")]
    assert voided == [keys["VoidTurn"]]
    assert failed["detail"]["metadata"]["idempotency_key"] == keys["FailTurn"]


def test_an_answer_is_announced_under_the_key_it_was_written_under(table: Table) -> None:
    table.act("I look around")

    (formatted,) = table.cast.requests_to("FormatResponse")
    (answered,) = [each for each in table.game.events() if each["detail_type"].startswith("TurnAnswered")]
    assert answered["detail"]["metadata"]["idempotency_key"] == formatted["envelope"]["idempotency_key"]


def test_a_turn_is_told_in_the_feed_as_its_event_tells_it(table: Table) -> None:
    for action in ("I search the place", "I attack the moon", "I look around"):
        table.act(action)

    feed = table.game.ask("GET", f"/v1/campaigns/{table.campaign}/events?limit=100").json["items"]
    stored = boto3.resource("dynamodb").Table("campaign").scan()["Items"]
    said = [read({"event": {"S": item["event"]}}) for item in stored if item["entity"] == "event"]
    events = {each.detail["metadata"]["event_id"]: each for each in said if each.detail_type == "TurnResolved.v1"}

    told = [each for each in feed if each["type"] == "turn-resolved"]
    assert len(told) == len(events) == 3
    for each in told:
        entry = make_entry(TurnResolvedV1.model_validate(events[each["id"]].detail))
        assert (each["turn_id"], each["data"]) == (entry.turn_id, entry.data)
