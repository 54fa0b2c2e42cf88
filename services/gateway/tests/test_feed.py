"""The feed: every event a player may know of, once, in one order without a gap."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.envelope import Event
from contracts.playerapi import FeedPage
from contracts.tools import ToolExecutedV1
from services.gateway.adapters.feed import RETENTION_SECONDS
from services.gateway.application.live.feed import record_event
from services.gateway.domain.feed import SHOWN, make_entry
from services.gateway.tests import builders
from services.gateway.tests.live import DATA, SECRET, Live, event
from services.gateway.tests.player_client import Door

TYPES = FeedPage.model_json_schema()["$defs"]["FeedEvent"]["properties"]["type"]["x-extensible-enum"]


@pytest.fixture
def live(door: Door) -> Live:
    return Live(door)


def test_each_kind_of_event_in_the_contract_is_told_and_no_other() -> None:
    assert [kind for kind, _ in SHOWN.values()] == TYPES
    assert set(SHOWN) == set(DATA)


@pytest.mark.parametrize("kind", DATA, ids=lambda kind: kind.detail_type)
def test_what_a_player_must_not_know_stays_out(kind: type[Event]) -> None:
    entry = make_entry(event(kind, builders.CAMPAIGN_ID))

    assert SECRET not in json.dumps(vars(entry))
    assert set(entry.data) - {"occurred_at"} <= SHOWN[kind][1]
    assert entry.turn_id == builders.TURN_ID


@pytest.mark.parametrize("kind", DATA, ids=lambda kind: kind.detail_type)
def test_a_part_that_is_let_through_is_a_part_of_the_event(kind: type[Event]) -> None:
    assert SHOWN[kind][1] <= set(type(DATA[kind]).model_fields)


@pytest.mark.parametrize("seed", range(5))
def test_any_number_of_deliveries_in_any_order_make_one_feed_without_a_gap(live: Live, seed: int) -> None:
    campaign = live.door.campaign()
    events = [f"e-{number}" for number in range(8)]
    deliveries = events * 3
    random.Random(seed).shuffle(deliveries)

    live.happens(campaign, *deliveries)

    items = live.feed(campaign)["items"]
    assert [item["sequence"] for item in items] == list(range(1, 9))
    assert sorted(item["id"] for item in items) == events
    assert [item["id"] for item in items] == list(dict.fromkeys(deliveries))


def test_events_that_come_at_once_get_a_place_each(live: Live) -> None:
    campaign = live.door.campaign()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: live.happens(campaign, f"e-{number % 6}"), range(12)))

    assert [item["sequence"] for item in live.feed(campaign)["items"]] == list(range(1, 7))


def test_a_feed_is_read_page_by_page_and_says_where_to_go_on(live: Live) -> None:
    campaign = live.door.campaign()
    live.happens(campaign, "a", "b", "c")

    first = live.feed(campaign, "?limit=2")
    second = live.feed(campaign, f"?limit=2&after_sequence={first['next_after']}")
    end = live.feed(campaign, f"?after_sequence={second['next_after']}")

    assert [item["id"] for item in first["items"] + second["items"]] == ["a", "b", "c"]
    assert (first["more"], second["more"]) == (True, False)
    assert (end["items"], end["next_after"], end["more"]) == ([], 3, False)


def test_a_client_that_waits_is_answered_at_the_first_event(live: Live) -> None:
    campaign = live.door.campaign()
    pause = live.door.clock.pause

    def happening(seconds: float) -> None:
        pause(seconds)
        live.happens(campaign, "a")

    live.door.clock.pause = happening  # type: ignore[method-assign]
    began = live.door.clock.now()
    answer = live.door.ask("GET", f"/v1/campaigns/{campaign}/events", headers={"prefer": "wait=9"})

    assert [item["id"] for item in answer.json["items"]] == ["a"]
    assert answer.headers["Preference-Applied"] == "wait=9"
    assert (live.door.clock.now() - began).total_seconds() < 1


def test_a_client_that_waits_in_vain_is_told_so_in_time(live: Live) -> None:
    campaign = live.door.campaign()
    began = live.door.clock.now()

    answer = live.door.ask("GET", f"/v1/campaigns/{campaign}/events", headers={"prefer": "wait=3"})

    assert answer.json == {"items": [], "next_after": 0, "more": False}
    assert (live.door.clock.now() - began).total_seconds() == 3


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "after_sequence=-1", "after_sequence=x", "limit="])
def test_a_query_that_means_nothing_is_refused(door: Door, query: str) -> None:
    answer = door.ask("GET", f"/v1/campaigns/{door.campaign()}/events?{query}")

    assert (answer.status, answer.problem) == (400, "invalid-query")


def test_a_feed_is_its_owners_alone(live: Live) -> None:
    campaign = live.door.campaign()
    live.happens(campaign, "a")

    strange = live.door.ask("GET", f"/v1/campaigns/{campaign}/events", player="eve")
    missing = live.door.ask("GET", f"/v1/campaigns/{builders.CAMPAIGN_ID}/events", player="eve")

    assert (strange.status, strange.json) == (missing.status, missing.json)
    assert strange.problem == "not-found"


def test_what_is_told_is_forgotten_after_a_month_but_never_counted_anew(live: Live) -> None:
    campaign = live.door.campaign()
    live.happens(campaign, "a")

    expiries = {item["sk"]["S"]: item.get("expires_at") for item in live.door.items() if "FEED#" in item["pk"]["S"]}

    month = {"N": str(int(builders.NOW.timestamp()) + RETENTION_SECONDS)}
    assert expiries == {"META": None, "EVENT#0000000001": month, "ID#a": month}


def test_an_event_is_pushed_once_however_often_it_is_delivered(live: Live) -> None:
    campaign = live.door.campaign()
    live.connect("tab")
    live.subscribe("tab", campaign)

    live.happens(campaign, "a", "a", "b", "a")

    assert live.heard("tab") == [1, 2]


def test_nothing_in_the_feed_is_taken_for_a_fact_to_publish(live: Live) -> None:
    campaign = live.door.campaign()
    record_event(event(ToolExecutedV1, campaign), live.deps)

    feed: list[dict[str, Any]] = [item for item in live.door.items() if item["pk"]["S"].startswith("FEED#")]
    assert feed
    assert not any("entity" in item for item in feed)
