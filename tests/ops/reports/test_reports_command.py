"""The command `ninelives reports`: what an operator types and is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from infra.environment import Environment
from ninelives.cli import reports
from services.gateway.tests.player_client import TABLE, PlayerClient
from services.gateway.tests.test_reports import report, tell_turn

Run = Callable[..., Result]


@pytest.fixture
def ninelives(game: PlayerClient, monkeypatch: pytest.MonkeyPatch) -> Run:
    deployed = Environment("local", {"gateway/table/gateway": TABLE}, lambda _: game.dynamodb)
    monkeypatch.setattr(reports, "find_environment", lambda _: deployed)
    return lambda *arguments: CliRunner().invoke(reports.reports_app, arguments)


@pytest.fixture
def reported(game: PlayerClient) -> dict[str, Any]:
    turn = tell_turn(game)
    report(game, turn)
    return turn


def test_without_a_report_the_list_is_empty_and_its_status_0(ninelives: Run) -> None:
    done = ninelives("list")

    assert (done.exit_code, done.stdout) == (0, "")


def test_an_open_report_is_listed_with_its_turn_and_reason_and_status_1(ninelives: Run, reported: Any) -> None:
    done = ninelives("list")

    assert done.exit_code == 1
    [line] = done.stdout.splitlines()
    assert all(part in line for part in (reported["id"], reported["campaign_id"], "hurtful", "open"))


def test_a_report_is_shown_with_who_told_it_and_without_a_word_of_it(ninelives: Run, reported: Any) -> None:
    done = ninelives("show", reported["id"])

    assert done.exit_code == 0
    assert "told by" in done.stdout
    assert "whisper" not in done.stdout


def test_the_story_is_printed_when_it_is_asked_for(game: PlayerClient, ninelives: Run, reported: Any) -> None:
    story = game.turn(reported["campaign_id"], reported["id"]).json["narrative"]

    done = ninelives("show", reported["id"], "--story")

    assert "I whisper a secret" in done.stdout
    assert story.split("\n")[0] in done.stdout


def test_a_closed_report_is_listed_no_more_unless_it_is_asked_for(ninelives: Run, reported: Any) -> None:
    assert "closed." in ninelives("close", reported["id"]).stdout

    assert (ninelives("list").exit_code, ninelives("list").stdout) == (0, "")
    assert reported["id"] in ninelives("list", "--closed").stdout


def test_closing_again_changes_nothing(game: PlayerClient, ninelives: Run, reported: Any) -> None:
    ninelives("close", reported["id"])
    before = game.items()

    done = ninelives("close", reported["id"])

    assert (done.exit_code, "was closed already" in done.stdout) == (0, True)
    assert game.items() == before


@pytest.mark.parametrize("command", ["show", "close"])
def test_what_was_not_reported_is_said_with_status_2(ninelives: Run, command: str) -> None:
    done = ninelives(command, "t_" + "a" * 26)

    assert (done.exit_code, done.stdout) == (2, "")
