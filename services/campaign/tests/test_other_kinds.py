"""Kinds of events that no list shows: they are seen, for they are numbered, and nothing else comes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import Event
from services.campaign import wiring
from services.campaign.adapters.projection_table import ProjectionTable
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.domain.projection import CampaignRow, absorb, read_event, summary_of
from services.campaign.domain.projection_version import Building
from services.campaign.handlers import project, rebuild
from services.campaign.tests.builders import NOON, campaign_id
from services.campaign.tests.conftest import CAMPAIGNS, LINES, SIDE
from services.campaign.tests.test_projection import STORY, absorb_all

LATER = NOON + timedelta(days=1)
TURN = STORY[1]


def renumber(event: Event, sequence: int) -> Event:
    """The event under another number."""
    meta = event.metadata
    renamed = {"sequence": sequence, "event_id": f"{meta.stream}/{sequence}"}
    return event.model_copy(update={"metadata": meta.model_copy(update=renamed)})


OTHER = Event(metadata=renumber(TURN, 3).metadata)
TOLD = (*STORY[:2], OTHER, *(renumber(event, number) for number, event in enumerate(STORY[2:], start=4)))
"""The story, with an event in its middle of a kind that no list shows."""


@pytest.fixture(autouse=True)
def deployed(store: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    tables = {"CAMPAIGN_TABLE": CAMPAIGNS, "PROJECTION_TABLE": LINES, "PROJECTION_SIDE_TABLE": SIDE}
    names = {"AWS_DEFAULT_REGION": "us-east-1", "ENVIRONMENT": "test", "POWERTOOLS_SERVICE_NAME": "campaign"}
    for name, value in {**tables, **names, "POWERTOOLS_METRICS_NAMESPACE": "NineLives"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(project, "now", lambda: LATER)
    wiring.dynamodb.cache_clear()
    yield
    wiring.dynamodb.cache_clear()


def deliver(function: Any, events: Sequence[Event]) -> Any:
    """As SQS delivers them, through the consumer's own code."""
    records = []
    for number, event in enumerate(events):
        detail = {"data": {"owner": 7, "price": 3}, **event.model_dump(mode="json")}
        kind = getattr(event, "detail_type", "ItemTraded.v1")
        body = {"source": "ninelives.campaign", "detail-type": kind, "detail": detail}
        records.append({"messageId": str(number), "eventSource": "aws:sqs", "body": json.dumps(body)})
    return function.handler({"Records": records}, None)["batchItemFailures"]


def figures(capsys: pytest.CaptureFixture[str], name: str) -> list[float]:
    lines = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    return [value for line in lines for value in line.get(name, ()) if "_aws" in line]


@pytest.mark.parametrize("order", [TOLD, TOLD[::-1], (OTHER, *TOLD), (*TOLD[3:], *TOLD[:3])])
def test_an_event_of_an_unknown_kind_leaves_no_gap_and_rings_no_alarm(
    table: ProjectionTable, capsys: pytest.CaptureFixture[str], order: Sequence[Event]
) -> None:
    assert deliver(project, order) == []
    capsys.readouterr()

    last = renumber(Event(metadata=TURN.metadata), len(TOLD) + 1)
    assert deliver(project, [last]) == []

    row, _ = table.read(campaign_id())
    assert row is not None
    assert (row.seen.missing, row.seen.newest) == ((), len(TOLD) + 1)
    assert figures(capsys, "Gaps") == [0]


def test_one_that_never_comes_is_a_gap_like_any_other(
    table: ProjectionTable, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(project, [event for event in TOLD if event is not OTHER])

    row, _ = table.read(campaign_id())
    assert row is not None and row.seen.missing == ((3, 3),)
    assert figures(capsys, "Gaps")[-1] == 1


def test_a_rebuild_sees_it_too_and_both_tables_hold_the_same(
    versions: ProjectionVersions, dynamodb: Any, table: ProjectionTable
) -> None:
    deliver(project, TOLD)
    building = Building(by="ada@den/1", since=NOON, replay="rebuild-1")
    assert versions.replace(versions.read().start_rebuild(building))

    assert deliver(rebuild, TOLD[::-1]) == []

    def items(name: str) -> list[Any]:
        return [item for item in dynamodb.scan(TableName=name)["Items"] if "line" in item]

    assert items(SIDE) == items(LINES) != []


def row_of(events: Sequence[Event]) -> CampaignRow:
    row: CampaignRow | None = None
    for event in events:
        row = absorb(row, event)
    assert row is not None
    return row


def test_every_order_gives_the_same_row() -> None:
    assert {row_of(order).model_dump_json() for order in permutations(TOLD)} == {row_of(TOLD).model_dump_json()}


@given(st.permutations(TOLD), st.lists(st.sampled_from(TOLD), max_size=6))
def test_it_changes_nothing_that_a_list_shows(order: list[Event], again: list[Event]) -> None:
    row = row_of([*again, *order]).model_copy(update={"name": "Pixel"})

    assert summary_of(row) == summary_of(absorb_all(STORY, name="Pixel"))


def test_before_any_other_event_its_campaign_is_in_no_list() -> None:
    row = row_of([OTHER])

    assert (row.owner, summary_of(row), row.seen.missing) == (None, None, ((1, 2),))


@pytest.mark.parametrize("changes", [{"sequence": None}, {"stream": f"progress/{campaign_id()}"}])
def test_what_is_in_no_campaigns_stream_is_no_business_of_the_lists(
    dynamodb: Any, capsys: pytest.CaptureFixture[str], changes: dict[str, Any]
) -> None:
    progress = Event(metadata=TURN.metadata.model_copy(update=changes))

    assert deliver(project, [progress]) == []

    assert dynamodb.scan(TableName=LINES)["Count"] == 0
    assert figures(capsys, "EventsProjected") == []


def test_an_event_is_read_as_its_own_kind_or_as_nothing_but_its_metadata() -> None:
    detail = TURN.model_dump(mode="json")

    assert read_event("TurnResolved.v1", detail) == TURN
    assert read_event("ItemTraded.v1", detail) == Event(metadata=TURN.metadata)
