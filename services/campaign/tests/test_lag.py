"""Metrics of the projection: its lag, the events it saw twice, the events that never came."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.campaign import wiring
from services.campaign.domain.lag import lag, overdue
from services.campaign.domain.projection import CampaignEvent
from services.campaign.domain.projection_version import Building
from services.campaign.handlers import project, rebuild
from services.campaign.tests.builders import NOON, campaign_id
from services.campaign.tests.conftest import CAMPAIGNS, LINES, SIDE
from services.campaign.tests.test_projection import STORY, absorb_all

CLOSE = NOON + timedelta(minutes=3, seconds=2)


@pytest.fixture(autouse=True)
def deployed(store: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    tables = {"CAMPAIGN_TABLE": CAMPAIGNS, "PROJECTION_TABLE": LINES, "PROJECTION_SIDE_TABLE": SIDE}
    names = {"AWS_DEFAULT_REGION": "us-east-1", "ENVIRONMENT": "test", "POWERTOOLS_SERVICE_NAME": "campaign"}
    for name, value in {**tables, **names, "POWERTOOLS_METRICS_NAMESPACE": "NineLives"}.items():
        monkeypatch.setenv(name, value)
    wiring.dynamodb.cache_clear()
    yield
    wiring.dynamodb.cache_clear()


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(project, "now", lambda: moment)


def figures_of(capsys: pytest.CaptureFixture[str], function: Any, *events: CampaignEvent) -> dict[str, float]:
    """The figures a function emits for these events, summed by name, without how long it took."""
    capsys.readouterr()
    bodies = [
        {"detail-type": event.detail_type, "source": event.producer, "detail": event.model_dump(mode="json")}
        for event in events
    ]
    records = [{"messageId": str(n), "body": json.dumps(body)} for n, body in enumerate(bodies)]
    assert function.handler({"Records": records}, None) == {"batchItemFailures": []}
    figures: dict[str, float] = {}
    for line in capsys.readouterr().out.splitlines():
        emitted = json.loads(line)
        for metric in emitted.get("_aws", {}).get("CloudWatchMetrics", [{"Metrics": []}])[0]["Metrics"]:
            name, value = metric["Name"], emitted[metric["Name"]]
            figures[name] = figures.get(name, 0) + (value[0] if isinstance(value, list) else value)
    figures.pop("Duration", None)
    return figures


def test_an_event_taken_in_says_how_old_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(monkeypatch, NOON + timedelta(milliseconds=250))

    figures = figures_of(capsys, project, STORY[0])

    assert figures == {"EventsProjected": 1, "EventsProjectedLate": 0, "Gaps": 0, "ProjectionLag": 250}


def test_one_older_than_ten_seconds_is_late(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(monkeypatch, NOON + timedelta(seconds=11))

    assert figures_of(capsys, project, STORY[0])["EventsProjectedLate"] == 1


def test_a_second_delivery_is_a_duplicate_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(monkeypatch, NOON)
    figures_of(capsys, project, STORY[0])

    assert figures_of(capsys, project, STORY[0]) == {"Duplicates": 1}


def test_events_that_are_under_way_are_no_gap_and_after_five_minutes_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at(monkeypatch, CLOSE)
    early = figures_of(capsys, project, STORY[0], STORY[3])
    at(monkeypatch, CLOSE + timedelta(minutes=5))
    late = figures_of(capsys, project, STORY[4])

    assert (early["Gaps"], late["Gaps"]) == (0, 2)


def test_playing_on_does_not_hide_what_never_came() -> None:
    line = absorb_all([STORY[0], STORY[2], STORY[3], STORY[4]])

    assert overdue(line, STORY[2].metadata.occurred_at + timedelta(minutes=6)) == 1
    assert overdue(line, STORY[2].metadata.occurred_at + timedelta(minutes=5)) == 0
    assert overdue(absorb_all(STORY), NOON + timedelta(days=9)) == 0


def test_a_clock_that_is_behind_makes_no_negative_lag() -> None:
    assert lag(NOON, NOON - timedelta(seconds=3)) == timedelta(0)


def test_a_rebuild_fills_the_table_beside_and_moves_no_live_figure(
    capsys: pytest.CaptureFixture[str], dynamodb: Any
) -> None:
    versions = wiring.projection_versions()
    building = Building(by="ada@den/1", since=NOON, replay="rebuild-1")
    assert versions.replace(versions.read().start_rebuild(building))

    assert figures_of(capsys, rebuild, *STORY) == {"EventsRebuilt": len(STORY)}
    assert dynamodb.scan(TableName=SIDE)["Count"] == 1
    assert versions.live().read(campaign_id()) == (None, None)


def test_what_a_replay_brings_when_nothing_is_built_is_dropped_and_counted(
    capsys: pytest.CaptureFixture[str], dynamodb: Any
) -> None:
    assert figures_of(capsys, rebuild, *STORY) == {"EventsDropped": len(STORY)}
    assert dynamodb.scan(TableName=SIDE)["Count"] == dynamodb.scan(TableName=LINES)["Count"] == 0
