"""The feed: every event a player may know of, once, in one order without a gap."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.campaign import TurnResolvedV1
from contracts.envelope import Event
from contracts.gateway import FormatResponse, TurnAnsweredV1
from contracts.playerapi import FeedPage, SocketMessage
from services.gateway.adapters.feed_items import RETENTION_SECONDS
from services.gateway.application.live.feed import MOST_AT_ONCE, record_facts
from services.gateway.application.turns import closing
from services.gateway.domain.feed import FACTS, HEARD, PROGRESS, SHOWN, make_entry
from services.gateway.tests import builders
from services.gateway.tests.live import DATA, SECRET, Live, event
from services.gateway.tests.player_client import PlayerClient
from services.gateway.tests.test_erasing import go_on


def types_of(name: str) -> list[str]:
    """The names that the contract has for events of this class."""
    found: list[str] = (FeedPage.model_json_schema()["$defs"] | SocketMessage.model_json_schema()["$defs"])[name][
        "properties"
    ]["type"]["x-extensible-enum"]
    return found


@pytest.fixture
def live(game: PlayerClient) -> Live:
    return Live(game)


def test_each_kind_of_event_in_the_contract_is_told_and_no_other() -> None:
    assert [kind for kind, _ in FACTS.values()] == types_of("FeedEvent")
    assert [kind for kind, _ in PROGRESS.values()] == types_of("ProgressEvent")
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


def test_the_gateways_own_facts_have_their_place_with_the_turn_and_are_told_at_once(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("tab"), campaign)
    live.game.act(campaign)

    live.game.resolve(live.game.workflow.started[-1])
    live.game.act(campaign)
    live.game.fail(live.game.workflow.started[-1])

    items = live.feed(campaign)["items"]
    kinds = ["turn-accepted", "turn-answered", "turn-accepted", "turn-failed"]
    assert [(each["sequence"], each["type"]) for each in items] == list(enumerate(kinds, 1))
    assert [each["id"] for each in items] == [f"turns/{campaign}/{n}" for n in range(1, 5)]
    assert [(event.sequence, listeners) for event, listeners in live.game.told] == [(n, ("tab",)) for n in range(1, 5)]


def test_what_the_campaign_committed_is_told_with_the_end_of_the_turn_and_once(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("tab"), campaign)
    live.game.act(campaign)
    turn = live.game.workflow.started[-1]
    committed = builders.with_headline(builders.committed_as(turn.envelope, 1))

    for _ in range(2):
        closing.resolve(FormatResponse(envelope=turn.envelope, committed=committed), live.game.deadline_dependencies)

    items = live.feed(campaign)["items"]
    assert [each["type"] for each in items] == ["turn-accepted", "turn-resolved", "turn-answered"]
    assert [each["sequence"] for each in items] == [1, 2, 3]
    assert [event.type for event, _ in live.game.told] == ["turn-accepted", "turn-resolved", "turn-answered"]


def test_facts_of_others_and_the_gateways_own_make_one_feed(live: Live) -> None:
    campaign = live.game.campaign()
    seen = live.deps.turns.open_turn
    once = iter(["overtaken"])

    def overtaken(campaign_id: str, turn: str) -> Any:
        found = seen(campaign_id, turn)
        for each in once:
            live.happens(campaign_id, each)
        return found

    live.happens(campaign, "a")
    live.game.act(campaign)
    live.game.open_turn = overtaken
    live.game.resolve(live.game.workflow.started[-1])

    items = live.feed(campaign)["items"]
    assert [each["sequence"] for each in items] == [1, 2, 3, 4]
    assert [each["id"] for each in items] == ["a", f"turns/{campaign}/1", "overtaken", f"turns/{campaign}/2"]


def test_what_another_service_said_is_heard_from_the_bus_and_what_the_gateway_said_is_not() -> None:
    elsewhere = {kind for kind in set(FACTS) - set(HEARD) if kind.producer != "ninelives.gateway"}
    assert elsewhere == {TurnResolvedV1}, "told with the end of the turn"
    assert "ninelives.gateway" not in {kind.producer for kind in HEARD}


@pytest.mark.parametrize("seed", range(5))
def test_any_number_of_deliveries_in_any_order_make_one_feed_without_a_gap(live: Live, seed: int) -> None:
    campaign = live.game.campaign()
    events = [f"e-{number}" for number in range(8)]
    deliveries = events * 3
    random.Random(seed).shuffle(deliveries)

    live.happens(campaign, *deliveries)

    items = live.feed(campaign)["items"]
    assert [item["sequence"] for item in items] == list(range(1, 9))
    assert sorted(item["id"] for item in items) == events
    assert [item["id"] for item in items] == list(dict.fromkeys(deliveries))


def test_events_that_come_at_once_get_a_place_each(live: Live) -> None:
    campaign = live.game.campaign()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: live.happens(campaign, f"e-{number % 6}"), range(12)))

    assert [item["sequence"] for item in live.feed(campaign)["items"]] == list(range(1, 7))


def test_a_feed_is_read_page_by_page_and_says_where_to_go_on(live: Live) -> None:
    campaign = live.game.campaign()
    live.happens(campaign, "a", "b", "c")

    first = live.feed(campaign, "?limit=2")
    second = live.feed(campaign, f"?limit=2&after_sequence={first['next_after']}")
    end = live.feed(campaign, f"?after_sequence={second['next_after']}")

    assert [item["id"] for item in first["items"] + second["items"]] == ["a", "b", "c"]
    assert (first["more"], second["more"]) == (True, False)
    assert (end["items"], end["next_after"], end["more"]) == ([], 3, False)


def test_a_client_that_waits_is_answered_at_the_first_event(live: Live) -> None:
    campaign = live.game.campaign()
    pause = live.game.clock.pause

    def happening(seconds: float) -> None:
        pause(seconds)
        live.happens(campaign, "a")

    live.game.clock.pause = happening  # type: ignore[method-assign]
    began = live.game.clock.now()
    answer = live.game.ask("GET", f"/v1/campaigns/{campaign}/events", headers={"prefer": "wait=9"})

    assert [item["id"] for item in answer.json["items"]] == ["a"]
    assert answer.headers["Preference-Applied"] == "wait=9"
    assert (live.game.clock.now() - began).total_seconds() < 1


def test_a_client_that_waits_in_vain_is_told_so_in_time(live: Live) -> None:
    campaign = live.game.campaign()
    began = live.game.clock.now()

    answer = live.game.ask("GET", f"/v1/campaigns/{campaign}/events", headers={"prefer": "wait=3"})

    assert answer.json == {"items": [], "next_after": 0, "more": False}
    assert (live.game.clock.now() - began).total_seconds() == 3


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "after_sequence=-1", "after_sequence=x", "limit="])
def test_a_query_that_means_nothing_is_refused(game: PlayerClient, query: str) -> None:
    answer = game.ask("GET", f"/v1/campaigns/{game.campaign()}/events?{query}")

    assert (answer.status, answer.problem) == (400, "invalid-query")


def test_a_feed_is_its_owners_alone(live: Live) -> None:
    campaign = live.game.campaign()
    live.happens(campaign, "a")

    strange = live.game.ask("GET", f"/v1/campaigns/{campaign}/events", player="eve")
    missing = live.game.ask("GET", f"/v1/campaigns/{builders.CAMPAIGN_ID}/events", player="eve")

    assert (strange.status, strange.json) == (missing.status, missing.json)
    assert strange.problem == "not-found"


def test_what_is_told_is_forgotten_after_a_month_but_never_counted_anew(live: Live) -> None:
    campaign = live.game.campaign()
    live.happens(campaign, "a")

    expiries = {item["sk"]["S"]: item.get("expires_at") for item in live.game.items() if "FEED#" in item["pk"]["S"]}

    month = {"N": str(int(builders.NOW.timestamp()) + RETENTION_SECONDS)}
    assert expiries == {"META": None, "EVENT#0000000001": month, "ID#a": month}


def test_an_event_is_pushed_once_however_often_it_is_delivered(live: Live) -> None:
    campaign = live.game.campaign()
    live.connect("tab")
    live.subscribe("tab", campaign)

    live.happens(campaign, "a", "a", "b", "a")

    assert live.list_heard("tab") == [1, 2]


def test_of_an_erased_campaign_nothing_is_told_however_late_it_comes(live: Live) -> None:
    campaign = live.game.campaign()
    go_on(live.game, live.game.erase().json["erasure_id"])

    live.happens(campaign, "late")

    assert not [item for item in live.game.items() if item["pk"]["S"].startswith("FEED#")]


def test_nothing_in_the_feed_is_taken_for_a_fact_to_publish(live: Live) -> None:
    campaign = live.game.campaign()
    record_facts([event(TurnAnsweredV1, campaign)], live.deps)

    feed: list[dict[str, Any]] = [item for item in live.game.items() if item["pk"]["S"].startswith("FEED#")]
    assert feed
    assert not any("entity" in item for item in feed)


class Asking:
    """The table's client, and the names of the requests that were made of it."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(self._client, name)


def test_facts_that_come_together_are_one_read_and_one_transaction(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("tab"), campaign)
    client = Asking(live.game.dynamodb)
    live.deps.feed._client = client  # type: ignore[attr-defined]

    record_facts([event(TurnAnsweredV1, campaign, each) for each in ("a", "b", "a", "c")], live.deps)

    assert client.asked == ["query", "transact_write_items"]
    assert live.list_heard("tab") == [1, 2, 3]
    assert [item["id"] for item in live.feed(campaign)["items"]] == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(5))
def test_batches_that_overlap_make_one_feed_without_a_gap(live: Live, seed: int) -> None:
    campaigns = [live.game.campaign(), live.game.campaign()]
    random_ = random.Random(seed)
    facts = [event(TurnAnsweredV1, campaign, f"{campaign}-{n}") for campaign in campaigns for n in range(9)]
    tab = live.connect("tab")
    for campaign in campaigns:
        live.subscribe(tab, campaign)

    for _ in range(6):
        record_facts(random_.choices(facts, k=6), live.deps)
    record_facts(facts, live.deps)

    for campaign in campaigns:
        items = live.feed(campaign)["items"]
        assert [item["sequence"] for item in items] == list(range(1, 10))
        assert {item["id"] for item in items} == {f"{campaign}-{n}" for n in range(9)}
    assert sorted(live.list_heard("tab")) == sorted([*range(1, 10)] * 2)


def test_progress_is_told_to_whoever_listens_in_one_message_and_kept_nowhere(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("tab"), campaign)
    before = live.game.items()

    live.goes_on(campaign, "a", "b", "a")

    (said,) = [each for each in live.lines.said["tab"] if each["type"] == "progress"]
    assert [step["id"] for step in said["progress"]] == ["a", "b"]
    assert "sequence" not in said["progress"][0]
    assert live.game.items() == before


def test_many_steps_come_in_several_messages(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("tab"), campaign)

    live.goes_on(campaign, *(f"e-{number}" for number in range(2 * MOST_AT_ONCE + 1)))

    told = [len(each["progress"]) for each in live.lines.said["tab"] if each["type"] == "progress"]
    assert told == [MOST_AT_ONCE, MOST_AT_ONCE, 1]


def test_progress_that_nobody_listens_to_costs_one_read(live: Live) -> None:
    campaign = live.game.campaign()
    client = Asking(live.game.dynamodb)
    live.deps.connections._client = client  # type: ignore[attr-defined]

    live.goes_on(campaign, "a", "b")

    assert client.asked == ["get_item"]


def test_progress_reaches_no_place_in_the_feed(live: Live) -> None:
    campaign = live.game.campaign()
    live.goes_on(campaign, "a")
    live.happens(campaign, "b")

    assert [item["sequence"] for item in live.feed(campaign)["items"]] == [1]


def test_whoever_is_found_gone_by_a_step_is_forgotten(live: Live) -> None:
    campaign = live.game.campaign()
    live.subscribe(live.connect("tab"), campaign)
    live.lines.gone.add("tab")

    live.goes_on(campaign, "a")

    assert live.deps.connections.listeners(campaign, 5) == []
    assert live.deps.connections.player("tab") is None
