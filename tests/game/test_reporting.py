"""`/report` in the terminal."""

from __future__ import annotations

import json

import httpx
import pytest

from contracts.gateway import REASONS_TO_REPORT
from contracts.playerapi import Turn
from ninelives.cli import play
from tests.game.test_client import CAMPAIGN, TURN, player, problem, turn

TOLD = Turn.model_validate(turn("resolved", number=3, narrative="Rain."))
REPORT = {"campaign_id": CAMPAIGN, "turn_id": TURN, "reason": "wrong", "reported_at": "2026-01-01T00:00:00Z"}


def test_the_last_story_is_reported_for_the_reason_that_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    client, api = player(httpx.Response(201, json=REPORT))

    play._report(client, TOLD, ["wrong"])

    [asked] = api.asked
    assert (asked.method, asked.url.path) == ("POST", f"/v1/campaigns/{CAMPAIGN}/turns/{TURN}/reports")
    assert json.loads(asked.content) == {"reason": "wrong"}
    assert "Turn 3 was reported" in capsys.readouterr().out


@pytest.mark.parametrize("typed", [[], ["rude"], ["wrong", "because"]])
def test_without_a_reason_nothing_is_sent_and_the_reasons_are_said(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    client, api = player()

    play._report(client, TOLD, typed)

    said = " ".join(capsys.readouterr().out.split())
    assert api.asked == []
    assert all(reason in said for reason in REASONS_TO_REPORT)


def test_before_the_first_story_there_is_nothing_to_report(capsys: pytest.CaptureFixture[str]) -> None:
    client, api = player()

    play._report(client, None, ["wrong"])

    assert api.asked == []
    assert "Nothing was told yet." in capsys.readouterr().out


def test_a_report_that_is_refused_is_said_and_the_game_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    client, _ = player(httpx.Response(409, json=problem("Another time.")))

    play._report(client, TOLD, ["wrong"])

    assert "Another time." in capsys.readouterr().out
