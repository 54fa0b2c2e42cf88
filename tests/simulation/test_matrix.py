"""The crash matrix directs its run: each seed is aimed at what those before it left short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

import tests.simulation.__main__ as command
from tests.simulation import simulation
from tests.simulation.chance import Chance
from tests.simulation.evenings import ASKED_FOR, USUAL, evening_for
from tests.simulation.faults import Plan, Site
from tests.simulation.matrix import WANTED, Matrix, read_aim, write_aim
from tests.simulation.players import Player
from tests.simulation.simulation import laboratory, simulate

KINDS = ("request lost", "reply lost")


@pytest.fixture(scope="module")
def _laboratory() -> Iterator[None]:
    with laboratory():
        yield


@pytest.fixture(scope="module")
def guests(_laboratory) -> Matrix:
    """The crash matrix of some evenings of guests, and of one with a rebuild."""
    matrix = Matrix()
    for evening in (each for each in ASKED_FOR if each.guests or each.rebuilds == 1.0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(simulation, "evening_for", lambda *_, evening=evening: (evening, ("", "")))
            matrix.add(simulate(3, 12, aim={}))
    return matrix


def aim_at(*calls: tuple[str, str]) -> dict[tuple[str, str, str], int]:
    return {(*call, "reply lost"): WANTED for call in calls}


def strike(plan: Plan, actor: str, call: str = "run", times: int = 200) -> list[str]:
    struck = [plan.fault(Site(actor, call, f"{actor} {call} {number}"), KINDS) for number in range(times)]
    return [kind for kind in struck if kind]


def test_what_is_owed_is_struck_and_nothing_else():
    plan = Plan(Chance(1), 0.0, aim=aim_at(("a", "run")))

    assert set(strike(plan, "a")) == {"reply lost"}
    assert strike(plan, "b") == []


def test_what_an_evening_is_for_is_struck_more_often():
    plan = Plan(Chance(1), 0.0, aim=aim_at(("a", "run"), ("b", "run")), sought=("a", "run"))

    assert len(strike(plan, "a")) > 2 * len(strike(plan, "b")) > 0


def test_no_more_is_struck_than_is_owed():
    plan = Plan(Chance(1), 0.0, aim={("a", "run", "reply lost"): 3})

    assert strike(plan, "a") == ["reply lost"] * 3


def test_an_actor_that_fails_for_an_evening_is_seldom_run():
    plan = Plan(Chance(1), 0.0, failing="a")
    runs = [plan.fault(Site("a", "run", str(number)), ("slow", "throttled")) for number in range(100)]

    assert set(runs) == {None, "throttled"}
    assert runs.count("throttled") > 80


@pytest.mark.parametrize(
    "call",
    [
        ("gateway/fail_turn", "dynamodb.transact_write_items"),
        ("gateway/deadline", "lambda.invoke"),
        ("audit/record", "sqs.send_message"),
        ("campaign/fork", "run"),
        ("lore/describe_world", "run"),
        ("chronicle/recall", "dynamodb.get_item"),
        ("gateway/erase", "dynamodb.batch_write_item"),
        ("tools/forget", "run"),
        ("gateway/accounts", "cognito-idp.admin_initiate_auth"),
        ("gateway/export", "s3.put_object"),
        ("operator", "dynamodb.scan"),
    ],
)
def test_what_is_seldom_called_has_an_evening(call):
    evening, sought = evening_for(Chance(1), aim_at(call))

    assert evening is not USUAL
    assert sought == call


def test_what_is_called_often_is_met_on_any_evening():
    assert evening_for(Chance(1), aim_at(("player", "http")))[0] is USUAL
    assert evening_for(Chance(1), {}) == (USUAL, ("", ""))


def test_each_evening_is_for_calls_that_there_are(guests):
    page = (command.REPOSITORY / "docs" / "crash-matrix.md").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in page.split("\n## ")[1:])
    calls = {f"{actor} {call}" for actor, _, rows in parts for call in re.findall(r"^\| (\S+) \|", rows, re.M)}
    calls |= {f"{actor} {call}" for actor, call, _ in guests.seen}

    assert [evening for evening in ASKED_FOR if not any(map(evening.fits, calls))] == []


def test_what_guests_and_operators_bring_about_is_in_it(guests):
    assert {(actor, call) for actor, call, _ in guests.seen} >= {
        ("gateway/accounts", "cognito-idp.admin_set_user_password"),
        ("gateway/accounts", "apigatewaymanagementapi.delete_connection"),
        ("gateway/erase", "dynamodb.batch_write_item"),
        ("gateway/erase", "cognito-idp.admin_delete_user"),
        ("gateway/export", "s3.put_object"),
        ("gateway/socket", "run"),
        ("campaign/erase", "dynamodb.transact_write_items"),
        ("chronicle/erase", "dynamodb.put_item"),
        ("dm/forget", "run"),
        ("tools/forget", "run"),
        ("stream of wakes", "batch"),
        ("operator", "events.start_replay"),
        ("campaign/rebuild", "dynamodb.put_item"),
    }


def test_a_player_of_an_aimed_evening_asks_until_there_is_an_answer(monkeypatch):
    answers = iter([None] * 100 + [SimpleNamespace(status=201, body={"id": "c"})])
    monkeypatch.setattr(Player, "_ask", lambda *request: next(answers))
    system: Any = SimpleNamespace(plan=Plan(Chance(1), 0.0, aim={}), scheduler=Mock())

    assert Player(system, "player", 1, [])._until_told("POST", "/v1/campaigns", "key", {}) == {"id": "c"}


def test_a_seed_and_what_it_was_aimed_at_replay_exactly(_laboratory, tmp_path):
    matrix = Matrix()
    matrix.add(simulate(3, 1, aim={}))
    write_aim(matrix.owed, tmp_path / "aim.json")

    first, again = (simulate(4, 1, aim=aim) for aim in (matrix.owed, read_aim(tmp_path / "aim.json")))

    assert first.digest() == again.digest() != simulate(4, 1).digest()


def test_a_matrix_with_a_gap_fails_and_names_it(_laboratory, tmp_path, capsys):
    assert command._fill_matrix(str(tmp_path / "matrix.md"), Matrix(), first=0, seeds=1, turns=1) == 1

    told = capsys.readouterr().out
    assert "Hit 0 times: ('audit/record', 'run', 'slow')" in told
    assert "| run | answer lost 0 ·" in (tmp_path / "matrix.md").read_text(encoding="utf-8")


def test_a_matrix_that_was_written_is_gone_on_with(_laboratory, tmp_path):
    matrix = Matrix()
    matrix.add(simulate(3, 1, aim={}))
    matrix.write(str(tmp_path / "matrix.md"))

    again = Matrix.read(tmp_path / "matrix.md")

    assert +again.hits == matrix.hits
    assert (again.seen, again.seeds, again.turns, again.ended) == (matrix.seen, 1, matrix.turns, matrix.ended)
    assert again.owed == matrix.owed


def test_a_page_without_a_matrix_is_refused(tmp_path):
    (tmp_path / "matrix.md").write_text("# Crash matrix", encoding="utf-8")

    with pytest.raises(ValueError, match="no crash matrix"):
        Matrix.read(tmp_path / "matrix.md")
