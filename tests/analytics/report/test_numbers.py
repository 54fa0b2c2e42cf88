"""The numbers on the page are those of the events, counted here a second time and in another way."""

from __future__ import annotations

from collections import Counter, defaultdict
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest

from ninelives.analytics.report import deaths, spending
from ninelives.analytics.report.exported import Export
from ninelives.analytics.report.reporting import report
from ninelives.analytics.report.wording import count, dollars, duration, percent
from tests.analytics.report.export import write_export
from tests.analytics.report.reader import Reader, Seen

Facts = list[dict[str, Any]]
PAUSE = 30 * 60_000


@pytest.fixture(scope="session")
def figures(page: str) -> dict[str, Seen]:
    return Reader(page).figures


def data_of(events: Facts, kind: str) -> list[dict[str, Any]]:
    return [event["detail"]["data"] for event in events if event["detail-type"] == kind]


def test_every_turn_is_in_the_funnel_once(events: Facts, figures: dict[str, Seen]) -> None:
    accepted, resolved, failed = (data_of(events, f"Turn{end}.v1") for end in ("Accepted", "Resolved", "Failed"))
    understudy = sum(turn["told_by"] == "understudy" for turn in resolved)
    repaired = sum(turn["told_by"] == "model" and turn["totals"]["repairs"] > 0 for turn in resolved)
    funnel, whole = figures["turn-funnel"], len(accepted)

    assert funnel.cells("Accepted") == [count(whole), "100 %"]
    assert funnel.cells("Resolved") == [count(len(resolved)), percent(len(resolved), whole)]
    assert funnel.cells("by the model at once")[0] == count(len(resolved) - understudy - repaired)
    assert funnel.cells("after a repair")[0] == count(repaired)
    assert funnel.cells("by the understudy")[0] == count(understudy)
    assert funnel.cells("Failed")[0] == count(len(failed))
    assert funnel.cells("Open")[0] == count(whole - len(resolved) - len(failed))
    assert min(understudy, repaired, len(failed), whole - len(resolved) - len(failed)) > 0


def test_a_stage_has_its_quantiles_its_share_and_its_retries(events: Facts, figures: dict[str, Seen]) -> None:
    answered = data_of(events, "TurnAnswered.v1")
    visits = [stage for turn in answered for stage in turn["stages"] if stage["stage"] == "InvokeDungeonMaster"]
    took = [stage["milliseconds"] for stage in visits]
    cuts = quantiles(took, n=100, method="inclusive")
    share = percent(sum(took), sum(turn["milliseconds"] for turn in answered))

    assert figures["stage-latency"].cells("InvokeDungeonMaster") == [
        count(len(visits)),
        *(duration(cut) for cut in (median(took), cuts[94], cuts[98])),
        share,
        percent(sum(stage["attempts"] > 1 for stage in visits), len(visits)),
        percent(sum(stage["error"] is not None for stage in visits), len(visits)),
    ]
    assert f"InvokeDungeonMaster takes {share} of the time of all turns" in figures["stage-latency"].caption


def test_turns_over_time_are_all_there(events: Facts, figures: dict[str, Seen]) -> None:
    ended = len(data_of(events, "TurnAnswered.v1")) + len(data_of(events, "TurnFailed.v1"))

    assert sum(int(row[1].replace(",", "")) for row in figures["turn-latency"].rows[1:]) == ended


def test_the_cost_of_a_model_is_the_sum_of_its_turns(events: Facts, figures: dict[str, Seen]) -> None:
    costs = defaultdict(list)
    for turn in data_of(events, "TurnResolved.v1"):
        costs[turn["model"] or "no model"].append(turn["totals"]["micro_dollars"])

    assert len(costs) == 3
    for model, spent in costs.items():
        turns, mean, *_, total = figures["cost-by-model"].cells(model)
        assert (turns, mean, total) == (count(len(spent)), dollars(sum(spent) / len(spent)), dollars(sum(spent)))


def test_an_hour_of_play_costs_what_its_sessions_did(events: Facts, exported: Path) -> None:
    sessions = [session for turns in list_played(events).values() for session in sessions_of(sorted(turns))]
    with Export(exported) as export:
        rows = export.rows(spending.SESSIONS, pause=PAUSE)

    assert sum(row["sessions"] for row in rows) == len(sessions) > 24
    assert sum(row["minutes"] for row in rows) == pytest.approx(sum(sessions) / 60_000, abs=0.1)
    spent = sum(turn["totals"]["micro_dollars"] for turn in data_of(events, "TurnResolved.v1"))
    assert sum(row["cost"] for row in rows) == spent


def list_played(events: Facts) -> dict[str, list[tuple[float, float]]]:
    """The beginning and end of each player's turns, in milliseconds."""
    ended = ("TurnAnswered.v1", "TurnFailed.v1")
    took = {metadata_of(e)["turn_id"]: e["detail"]["data"]["milliseconds"] for e in events if e["detail-type"] in ended}
    turns = defaultdict(list)
    for event in events:
        if event["detail-type"] == "TurnAccepted.v1":
            began = datetime.fromisoformat(metadata_of(event)["occurred_at"]).timestamp() * 1000
            turns[event["detail"]["data"]["owner"]].append((began, began + took.get(metadata_of(event)["turn_id"], 0)))
    return turns


def sessions_of(turns: list[tuple[float, float]]) -> list[float]:
    """The lengths of a player's sessions: more than half an hour without a turn ends one."""
    sessions, (start, end) = [], turns[0]
    for began, over in turns:
        if began - end > PAUSE:
            sessions.append(end - start)
            start = began
        end = max(end, over)
    return [*sessions, end - start]


def metadata_of(event: dict[str, Any]) -> dict[str, Any]:
    metadata: dict[str, Any] = event["detail"]["metadata"]
    return metadata


@pytest.mark.parametrize("sides", [4, 6, 8, 20])
def test_every_face_is_counted(events: Facts, figures: dict[str, Seen], sides: int) -> None:
    rolls = [roll for turn in data_of(events, "TurnResolved.v1") for roll in turn["rolls"] if roll["sides"] == sides]
    seen = Counter(face for roll in rolls for face in roll["faces"])

    assert [row[1] for row in figures[f"d{sides}-faces"].rows[1:]] == [
        count(seen[face]) for face in range(1, sides + 1)
    ]


def test_success_is_compared_with_what_the_rules_give(events: Facts, figures: dict[str, Seen]) -> None:
    rolls = [roll for turn in data_of(events, "TurnResolved.v1") for roll in turn["rolls"] if roll["target"] == 12]
    hits = sum(roll["outcome"] in ("critical", "success") for roll in rolls)
    due = 0.0
    for roll in rolls:
        bonus = roll["total"] - roll["kept"][0]
        due += sum(face == 20 or (face != 1 and face + bonus >= 12) for face in range(1, 21)) / 20

    shares = [percent(hits, len(rolls)), percent(round(due, 6), len(rolls))]
    assert figures["success"].cells("12") == [count(len(rolls)), count(hits), *shares]


def test_refusals_are_counted_by_reason(events: Facts, figures: dict[str, Seen]) -> None:
    reasons = Counter(code for turn in data_of(events, "TurnResolved.v1") for code in turn["refusals"])
    total = reasons.total()

    assert {row[0]: row[1:] for row in figures["refusal-codes"].rows[1:]} == {
        code: [count(number), percent(number, total)] for code, number in reasons.items()
    }


def test_refused_calls_are_counted_by_tool(events: Facts, tmp_path: Path) -> None:
    some = deepcopy(events[:600])
    called = data_of(some, "ToolExecuted.v1")
    for data in called[::3]:
        data.update(verdict="refused", refusal="locked")
    calls, refused = Counter(data["tool"] for data in called), Counter(data["tool"] for data in called[::3])
    table = Reader(report(write_export(tmp_path, some))).figures["refusal-tools"]

    assert {row[0]: row[1:] for row in table.rows[1:]} == {
        tool: ["locked", count(refused[tool]), percent(refused[tool], number)] for tool, number in calls.items()
    }


def test_a_life_is_lost_where_the_cat_was_not_where_it_woke(events: Facts, exported: Path) -> None:
    """Walks every campaign from its beginning; the haven it wakes in is where the turn ends."""
    lost: Counter[tuple[str, str]] = Counter()
    where: dict[str, str] = {}
    for event in sorted(events, key=lambda event: (metadata_of(event)["stream"], metadata_of(event)["sequence"] or 0)):
        campaign, data = metadata_of(event)["campaign_id"], event["detail"]["data"]
        if event["detail-type"] == "CampaignStarted.v1":
            where[campaign] = data["summary"]["place"]["id"]
        if event["detail-type"] == "TurnResolved.v1":
            for effect in data["effects"]:
                if effect["kind"] == "moved":
                    where[campaign] = effect["detail"]["to"]["id"]
                if effect["kind"] == "life-lost":
                    lost[where[campaign], effect["detail"]["cause"]] += 1
            where[campaign] = data["place"]["id"]
    with Export(exported) as export:
        rows = export.rows(deaths.LOST)

    assert len({place for place, _ in lost}) > 2
    assert Counter((row["place"], row["cause"]) for row in rows) == lost


def test_lives_by_level_and_endings_add_up(events: Facts, figures: dict[str, Seen]) -> None:
    turns = data_of(events, "TurnResolved.v1")
    lives = Counter(t["level"] for t in turns for effect in t["effects"] if effect["kind"] == "life-lost")
    played = Counter(turn["level"] for turn in turns)
    endings = Counter(turn["ending"] for turn in turns if turn["ending"])

    for level, number in played.items():
        rate = 100 * lives[level] / number
        assert figures["lives-by-level"].cells(str(level)) == [count(lives[level]), count(number), f"{rate:.1f}"]
    for ending, number in endings.items():
        assert figures["endings"].cells(ending)[0] == count(number)
    assert figures["endings"].cells("still playing")[0] == count(24 - endings.total())


def test_what_players_did_is_counted_by_kind(events: Facts, figures: dict[str, Seen]) -> None:
    kinds = Counter(effect["kind"] for turn in data_of(events, "TurnResolved.v1") for effect in turn["effects"])
    del kinds["turn-began"]

    assert {row[0]: row[1] for row in figures["effects"].rows[1:]} == {kind: count(n) for kind, n in kinds.items()}
