"""Requests from a file are answered line by line, by what the player would be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from contracts.dm import Beat, ReplyRouted
from contracts.tools import ToolCall
from ninelives.cli.app import app
from ninelives.evaluation.requests import write_request
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue

BULB = "The bulb swings."
GIFT = "Ferrule gives you his crown."


def request(**said: Any) -> dict[str, Any]:
    return write_request("shelf", "look around", **said).model_dump(mode="json")


def check(path: Path, *lines: str | dict[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    file = path / "requests.jsonl"
    file.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in lines), "utf-8")
    done = CliRunner().invoke(app, ["dm", "check", str(file)])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_is_answered_by_route_told_text_and_report(tmp_path: Path) -> None:
    status, (answer,) = check(tmp_path, request(beats=[Beat(kind="colour", text=BULB), Beat(kind="fact", text=GIFT)]))

    assert status == 0
    assert set(answer) == {"route", "told", "report"}
    assert answer["route"] == "respond"
    assert answer["told"] == BULB
    assert [each["verdict"] for each in answer["report"]["beats"]] == ["kept", "dropped"]


def test_free_text_is_judged_sentence_by_sentence(tmp_path: Path) -> None:
    _, (answer,) = check(tmp_path, request(narrative=f"{GIFT} {BULB}"))

    assert answer["told"] == BULB
    assert [each["verdict"] for each in answer["report"]["beats"]] == ["dropped", "kept"]


def test_it_says_what_the_deployed_check_says(tmp_path: Path) -> None:
    given = write_request("bought", "I buy sardines", narrative=f"{BULB} You pay nothing.")
    routed = validate_and_route(given, catalogue())
    _, (answer,) = check(tmp_path, given.model_dump(mode="json"))

    assert ReplyRouted.model_validate({**routed.model_dump(), "report": answer["report"]}) == routed
    assert (answer["route"], answer["told"]) == (routed.route, routed.narrative)


def test_intents_are_routed_and_nothing_is_told(tmp_path: Path) -> None:
    call = ToolCall(call_id="m0", name="search", arguments={})
    _, (answer,) = check(tmp_path, request(calls=[call]))

    assert (answer["route"], answer["told"]) == ("execute", None)


def test_answers_come_in_the_order_of_lines_with_the_ids_they_had(tmp_path: Path) -> None:
    given = request(narrative=BULB)
    status, answers = check(tmp_path, {**given, "id": "b", "unheard": 1}, "", {**given, "id": 7}, given)

    assert status == 0
    assert [answer.get("id") for answer in answers] == ["b", 7, None]
    assert {answer["told"] for answer in answers} == {BULB}


@pytest.mark.parametrize(
    "bad", ["{", "[1]", "null", "[" * 100_000, {"id": "x", "action": "look"}, {**request(narrative=BULB), "scene": 1}]
)
def test_a_line_that_is_no_request_is_an_error_of_its_own(tmp_path: Path, bad: str | dict[str, Any]) -> None:
    status, (before, answer, after) = check(tmp_path, request(narrative=BULB), bad, request(narrative=BULB))

    assert status == 1
    assert before["told"] == after["told"] == BULB
    assert set(answer) - {"id"} == {"error"}
    assert answer.get("id") == (bad.get("id") if isinstance(bad, dict) else None)


def test_a_file_that_is_not_there_is_a_wrong_argument(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["dm", "check", str(tmp_path / "none.jsonl")]).exit_code == 2
