"""A player reports a story: once, of a turn of their own, and without a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.gateway import REASONS_TO_REPORT
from services.gateway.adapters.reports import KEPT, DynamoReports
from services.gateway.application.reporting import close_report
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.rejections import ResourceMissing
from services.gateway.domain.reports import ReportChange
from services.gateway.tests.player_client import JSON, TABLE, Answered, Door


def told(door: Door, number: int = 1, campaign: str | None = None) -> dict[str, Any]:
    """A turn whose story was told."""
    turn: dict[str, Any] = door.act(campaign or door.campaign(), "I whisper a secret").json
    door.resolve(door.workflow.started[-1], number)
    return turn


def report(door: Door, turn: dict[str, Any], reason: str = "hurtful", key: str | None = None, **who: Any) -> Answered:
    path = f"/v1/campaigns/{turn['campaign_id']}/turns/{turn['id']}/reports"
    return door.ask("POST", path, {"reason": reason}, headers={**JSON, "Idempotency-Key": key or door.new_key()}, **who)


def reports_of(door: Door) -> DynamoReports:
    return DynamoReports(door.dynamodb, TABLE)


def close(door: Door, turn: dict[str, Any]) -> bool:
    """Whether it was closed already."""
    ids = turn["campaign_id"], turn["id"]
    return close_report(*ids, reports_of(door), door.clock.now(), door.clock.pause)[1]


@pytest.mark.parametrize("reason", REASONS_TO_REPORT)
def test_a_story_is_reported_for_any_of_the_reasons(door: Door, reason: str) -> None:
    turn = told(door)

    answer = report(door, turn, reason)

    assert answer.status == 201
    assert (answer.json["turn_id"], answer.json["reason"]) == (turn["id"], reason)


def test_a_report_is_a_fact_of_the_turns_stream_without_a_word_or_a_person(door: Door) -> None:
    turn = told(door)
    report(door, turn)

    fact = door.events()[-1]
    kept = door.items("report")

    assert (fact["detail_type"], fact["detail"]["data"]) == ("StoryReported.v1", {"reason": "hurtful", "number": 1})
    assert fact["detail"]["metadata"]["stream"] == f"turns/{turn['campaign_id']}"
    assert [each["detail"]["metadata"]["sequence"] for each in door.events()] == [1, 2, 3]
    for told_of in (json.dumps(fact), json.dumps(kept)):
        assert "whisper" not in told_of and '"ada"' not in told_of


def test_the_same_report_twice_is_one(door: Door) -> None:
    turn = told(door)

    answers = [report(door, turn, key="k"), report(door, turn, key="k"), report(door, turn, "wrong")]

    assert [answer.status for answer in answers] == [201, 200, 200]
    assert {answer.text for answer in answers} == {answers[0].text}
    assert len(door.items("report")) == 1
    assert len(door.events()) == 3


def test_a_key_that_made_something_else_reports_nothing(door: Door) -> None:
    turn = told(door)
    report(door, turn, key="k")

    assert report(door, turn, "wrong", key="k").problem == "idempotency-key-reused"


@pytest.mark.parametrize("body", [{}, {"reason": "rude"}, {"reason": "other", "text": "He said …"}])
def test_what_is_no_reason_or_has_words_is_refused(door: Door, body: Any) -> None:
    turn = told(door)
    path = f"/v1/campaigns/{turn['campaign_id']}/turns/{turn['id']}/reports"

    answer = door.ask("POST", path, body, headers={**JSON, "Idempotency-Key": "k"})

    assert (answer.status, answer.problem) == (422, "invalid-body")
    assert door.items("report") == []


def test_a_turn_without_a_story_cannot_be_reported(door: Door) -> None:
    turn = door.act(door.campaign()).json

    assert report(door, turn).problem == "not-told"
    door.fail(door.workflow.started[-1])
    assert report(door, turn).problem == "not-told"


def test_a_story_of_somebody_else_is_not_found(door: Door) -> None:
    assert report(door, told(door), player="eve").problem == "not-found"
    assert door.items("report") == []


def test_reports_are_limited_and_a_repeated_one_is_not_counted(door: Door) -> None:
    campaign = door.campaign()
    turns = [told(door, number, campaign) for number in (1, 2)]
    door.limited(reports=RateLimit(1, 3600))

    assert [report(door, turn).status for turn in (turns[0], turns[0], turns[1])] == [201, 200, 429]


def test_a_story_is_reported_while_the_next_turn_is_played_which_ends_as_ever(door: Door) -> None:
    turn = told(door)
    after = door.act(turn["campaign_id"]).json

    assert report(door, turn).status == 201
    door.resolve(door.workflow.started[-1], 2)
    assert door.turn(turn["campaign_id"], after["id"]).json["status"] == "resolved"
    assert [each["detail"]["metadata"]["sequence"] for each in door.events()] == [1, 2, 3, 4, 5]


def test_a_report_that_loses_a_race_is_decided_anew(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    turn, write = told(door), DynamoReports.write

    def late(self: DynamoReports, change: ReportChange) -> bool:
        monkeypatch.setattr(DynamoReports, "write", write)
        door.act(turn["campaign_id"])
        return write(self, change)

    monkeypatch.setattr(DynamoReports, "write", late)

    assert report(door, turn).status == 201
    assert [each["detail_type"] for each in door.events()][-2:] == ["TurnAccepted.v1", "StoryReported.v1"]


def test_closing_is_a_fact_too_and_happens_once(door: Door) -> None:
    turn = told(door)
    report(door, turn)

    assert [close(door, turn), close(door, turn)] == [False, True]
    assert [each["detail_type"] for each in door.events()][-2:] == ["StoryReported.v1", "ReportClosed.v1"]
    assert [each.closed_at for each in reports_of(door).all()] == [door.clock.now()]
    assert report(door, turn).status == 200


def test_what_was_never_reported_cannot_be_closed(door: Door) -> None:
    turn = told(door)

    with pytest.raises(ResourceMissing):
        close(door, turn)


def test_a_report_is_forgotten_a_year_after_it_was_touched_last(door: Door) -> None:
    turn = told(door)
    report(door, turn)
    door.clock.pause(3600)
    close(door, turn)

    [kept] = door.items("report")

    assert int(kept["expires_at"]["N"]) == int((door.clock.now() + KEPT).timestamp())
