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
from services.gateway.tests.player_client import JSON, TABLE, Answered, PlayerClient


def tell_turn(game: PlayerClient, number: int = 1, campaign: str | None = None) -> dict[str, Any]:
    """A turn whose story was told."""
    turn: dict[str, Any] = game.act(campaign or game.campaign(), "I whisper a secret").json
    game.resolve(game.workflow.started[-1], number)
    return turn


def report(
    game: PlayerClient, turn: dict[str, Any], reason: str = "hurtful", key: str | None = None, **who: Any
) -> Answered:
    path = f"/v1/campaigns/{turn['campaign_id']}/turns/{turn['id']}/reports"
    return game.ask("POST", path, {"reason": reason}, headers={**JSON, "Idempotency-Key": key or game.new_key()}, **who)


def reports_of(game: PlayerClient) -> DynamoReports:
    return DynamoReports(game.dynamodb, TABLE)


def close(game: PlayerClient, turn: dict[str, Any]) -> bool:
    """Whether it was closed already."""
    ids = turn["campaign_id"], turn["id"]
    return close_report(*ids, reports_of(game), game.clock.now(), game.clock.pause)[1]


@pytest.mark.parametrize("reason", REASONS_TO_REPORT)
def test_a_story_is_reported_for_any_of_the_reasons(game: PlayerClient, reason: str) -> None:
    turn = tell_turn(game)

    answer = report(game, turn, reason)

    assert answer.status == 201
    assert (answer.json["turn_id"], answer.json["reason"]) == (turn["id"], reason)


def test_a_report_is_a_fact_of_the_turns_stream_without_a_word_or_a_person(game: PlayerClient) -> None:
    turn = tell_turn(game)
    report(game, turn)

    fact = game.events()[-1]
    kept = game.items("report")

    assert (fact["detail_type"], fact["detail"]["data"]) == ("StoryReported.v1", {"reason": "hurtful", "number": 1})
    assert fact["detail"]["metadata"]["stream"] == f"turns/{turn['campaign_id']}"
    assert [each["detail"]["metadata"]["sequence"] for each in game.events()] == [1, 2, 3]
    for told_of in (json.dumps(fact), json.dumps(kept)):
        assert "whisper" not in told_of and '"ada"' not in told_of


def test_the_same_report_twice_is_one(game: PlayerClient) -> None:
    turn = tell_turn(game)

    answers = [report(game, turn, key="k"), report(game, turn, key="k"), report(game, turn, "wrong")]

    assert [answer.status for answer in answers] == [201, 200, 200]
    assert {answer.text for answer in answers} == {answers[0].text}
    assert len(game.items("report")) == 1
    assert len(game.events()) == 3


def test_a_key_that_made_something_else_reports_nothing(game: PlayerClient) -> None:
    turn = tell_turn(game)
    report(game, turn, key="k")

    assert report(game, turn, "wrong", key="k").problem == "idempotency-key-reused"


@pytest.mark.parametrize("body", [{}, {"reason": "rude"}, {"reason": "other", "text": "He said …"}])
def test_what_is_no_reason_or_has_words_is_refused(game: PlayerClient, body: Any) -> None:
    turn = tell_turn(game)
    path = f"/v1/campaigns/{turn['campaign_id']}/turns/{turn['id']}/reports"

    answer = game.ask("POST", path, body, headers={**JSON, "Idempotency-Key": "k"})

    assert (answer.status, answer.problem) == (422, "invalid-body")
    assert game.items("report") == []


def test_a_turn_without_a_story_cannot_be_reported(game: PlayerClient) -> None:
    turn = game.act(game.campaign()).json

    assert report(game, turn).problem == "not-told"
    game.fail(game.workflow.started[-1])
    assert report(game, turn).problem == "not-told"


def test_a_story_of_somebody_else_is_not_found(game: PlayerClient) -> None:
    assert report(game, tell_turn(game), player="eve").problem == "not-found"
    assert game.items("report") == []


def test_reports_are_limited_and_a_repeated_one_is_not_counted(game: PlayerClient) -> None:
    campaign = game.campaign()
    turns = [tell_turn(game, number, campaign) for number in (1, 2)]
    game.limit(reports=RateLimit(1, 3600))

    assert [report(game, turn).status for turn in (turns[0], turns[0], turns[1])] == [201, 200, 429]


def test_a_story_is_reported_while_the_next_turn_is_played_which_ends_as_ever(game: PlayerClient) -> None:
    turn = tell_turn(game)
    after = game.act(turn["campaign_id"]).json

    assert report(game, turn).status == 201
    game.resolve(game.workflow.started[-1], 2)
    assert game.turn(turn["campaign_id"], after["id"]).json["status"] == "resolved"
    assert [each["detail"]["metadata"]["sequence"] for each in game.events()] == [1, 2, 3, 4, 5]


def test_a_report_that_loses_a_race_is_decided_anew(game: PlayerClient, monkeypatch: pytest.MonkeyPatch) -> None:
    turn, write = tell_turn(game), DynamoReports.write

    def late(self: DynamoReports, change: ReportChange) -> bool:
        monkeypatch.setattr(DynamoReports, "write", write)
        game.act(turn["campaign_id"])
        return write(self, change)

    monkeypatch.setattr(DynamoReports, "write", late)

    assert report(game, turn).status == 201
    assert [each["detail_type"] for each in game.events()][-2:] == ["TurnAccepted.v1", "StoryReported.v1"]


def test_closing_is_a_fact_too_and_happens_once(game: PlayerClient) -> None:
    turn = tell_turn(game)
    report(game, turn)

    assert [close(game, turn), close(game, turn)] == [False, True]
    assert [each["detail_type"] for each in game.events()][-2:] == ["StoryReported.v1", "ReportClosed.v1"]
    assert [each.closed_at for each in reports_of(game).all()] == [game.clock.now()]
    assert report(game, turn).status == 200


def test_what_was_never_reported_cannot_be_closed(game: PlayerClient) -> None:
    turn = tell_turn(game)

    with pytest.raises(ResourceMissing):
        close(game, turn)


def test_a_report_is_forgotten_a_year_after_it_was_touched_last(game: PlayerClient) -> None:
    turn = tell_turn(game)
    report(game, turn)
    game.clock.pause(3600)
    close(game, turn)

    [kept] = game.items("report")

    assert int(kept["expires_at"]["N"]) == int((game.clock.now() + KEPT).timestamp())
