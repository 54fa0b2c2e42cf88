"""The queries people are given work on an export, and answer what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

TEXT = Path(__file__).parents[3] / "README.md"
Answers = Callable[[int], list[dict[str, Any]]]


@pytest.fixture
def answers(exported: Path, monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The answers to queries by their number, asked in the folder of the export."""
    monkeypatch.chdir(exported)
    text = TEXT.read_text().partition("<!-- queries -->")[2].partition("<!-- /queries -->")[0]
    queries = re.findall(r"```sql\n(.*?)```", text, re.S)
    assert len(queries) == 5

    def answer(number: int) -> list[dict[str, Any]]:
        with duckdb.connect() as database:
            cursor = database.execute(queries[number])
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return answer


def data_of(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event["detail"]["data"] for event in events if event["detail-type"] == kind]


def test_turns_by_day_are_all_turns(answers: Answers, events: list[dict[str, Any]]) -> None:
    days = answers(0)

    assert sum(day["turns"] for day in days) == len(data_of(events, "TurnAccepted.v1"))
    told = Counter(turn["told_by"] for turn in data_of(events, "TurnResolved.v1"))
    assert sum(day["by_understudy"] for day in days) == told["understudy"]


def test_stages_come_with_the_slowest_first_and_make_up_all_the_time(answers: Answers) -> None:
    stages = answers(1)

    assert stages[0]["stage"] == "InvokeDungeonMaster"
    assert sum(stage["percent_of_time"] for stage in stages) == pytest.approx(100, abs=0.5)


def test_the_price_of_a_thousand_turns_is_the_mean_of_a_model_s(answers: Answers, events: list[dict[str, Any]]) -> None:
    first = answers(2)[0]
    turns = [turn for turn in data_of(events, "TurnResolved.v1") if turn["model"] == first["model"]]
    spent = [turn["totals"]["micro_dollars"] for turn in turns]

    assert first["turns"] == len(spent)
    assert first["dollars_per_1000_turns"] == pytest.approx(1000 * sum(spent) / len(spent) / 1e6, abs=0.001)


def test_every_lost_life_has_its_cause(answers: Answers, events: list[dict[str, Any]]) -> None:
    effects = [effect for turn in data_of(events, "TurnResolved.v1") for effect in turn["effects"]]
    lost = [effect["detail"] for effect in effects if effect["kind"] == "life-lost"]

    assert {row["cause"]: row["lives"] for row in answers(3)} == Counter(effect["cause"] for effect in lost)
    assert sum(row["credits_lost"] for row in answers(3)) == sum(effect["credits_lost"] for effect in lost)


def test_partitions_hold_all_events_of_a_type(answers: Answers, events: list[dict[str, Any]]) -> None:
    rows = answers(4)

    assert sum(row["events"] for row in rows) == sum(event["detail-type"].startswith("Turn") for event in events)
    assert {tuple(row["versions"]) for row in rows} == {("1.0",)}
