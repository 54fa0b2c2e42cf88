"""The list of campaigns: any order and any number of deliveries give the same rows."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from itertools import permutations
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.campaign import CampaignListed, ListCampaigns
from contracts.effects import CampaignEnded, ExperienceGained, Moved
from contracts.envelope import Ancestor
from contracts.errors import InvalidRequest, Transient
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.adapters.projection_table import ProjectionTable, item_of, touch_key
from services.campaign.application.create import create
from services.campaign.application.list_campaigns import encode_cursor, list_campaigns
from services.campaign.application.project import TRIES, project_all, take_in
from services.campaign.domain.projection import CampaignEvent, CampaignRow, absorb, summary_of
from services.campaign.domain.record import start_events, turn_events
from services.campaign.domain.sequences import Seen
from services.campaign.domain.turn import play_out
from services.campaign.tests.builders import (
    CAT_NAME,
    NOON,
    OWNER,
    ROOF,
    SEED,
    campaign_id,
    create_request,
    new_state,
    outcome,
    persist_request,
)
from services.campaign.tests.conftest import LINES


def a_story() -> tuple[CampaignEvent, ...]:
    """Start, a move, a level, the end: five events, each a minute after the other."""
    state = new_state()
    events: list[Any] = list(start_events(create_request(), state, NOON))
    doings = [
        Moved(origin="attic", to=ROOF),
        ExperienceGained(amount=100, source="rat"),
        CampaignEnded(ending="home"),
    ]
    for number, effect in enumerate(doings, start=1):
        request = persist_request(outcome(effect), turn=number, base_version=number)
        played = play_out(state, request.outcomes)
        now = NOON + timedelta(minutes=number)
        events += turn_events(request, played, owner=OWNER, seed="00", sequence=len(events) + 1, now=now)
        state = played.state
    return tuple(events)


STORY = a_story()


def no_pause(tried: int) -> None:
    """Nobody is in the way."""


def absorb_all(events: Any, name: str = CAT_NAME) -> CampaignRow:
    row: CampaignRow | None = None
    for event in events:
        row = absorb(row, event)
    assert row is not None
    return row.model_copy(update={"name": name})


def test_a_row_tells_how_the_story_stands() -> None:
    summary = summary_of(absorb_all(STORY))

    assert summary is not None
    assert summary.model_dump(exclude={"campaign_id", "started_at", "updated_at", "forked_from"}) == {
        "name": CAT_NAME, "class_name": "Alley Cat", "world": "tiny", "status": "ended", "turn": 3, "level": 2,
        "lives": 9, "place": {"id": "roof", "name": "The Roof"}, "ending": "home",
    }  # fmt: skip
    assert (summary.started_at, summary.updated_at) == (NOON, NOON + timedelta(minutes=3))


def test_every_order_of_events_gives_the_same_row() -> None:
    assert {absorb_all(order).model_dump_json() for order in permutations(STORY)} == {
        absorb_all(STORY).model_dump_json()
    }


@given(st.lists(st.sampled_from(STORY), max_size=12), st.permutations(STORY))
def test_duplicates_at_any_time_change_nothing(early: list[CampaignEvent], order: list[CampaignEvent]) -> None:
    assert absorb_all([*early, *order, *early]) == absorb_all(STORY)


def test_a_missing_event_shows_as_a_gap_until_it_comes() -> None:
    assert absorb_all([STORY[0], STORY[3]]).seen.missing == ((2, 3),)
    assert absorb_all(STORY[1:]).seen.missing == ((1, 1),)
    assert absorb_all(STORY).seen.missing == ()


def test_a_campaign_is_in_no_list_before_its_beginning_is_known() -> None:
    assert summary_of(absorb_all(STORY[1:])) is None


@given(st.lists(st.integers(1, 30)))
def test_seen_numbers_are_kept_as_runs(numbers: list[int]) -> None:
    seen = Seen()
    for number in numbers:
        seen = seen.plus(number)

    kept = {number for first, last in seen.runs for number in range(first, last + 1)}
    missing = {number for first, last in seen.missing for number in range(first, last + 1)}
    assert kept == set(numbers)
    assert missing == set(range(1, max(numbers, default=0))) - kept
    assert all(later[0] > earlier[1] + 1 for earlier, later in zip(seen.runs, seen.runs[1:], strict=False))


def list_page(table: ProjectionTable, owner: str = OWNER, limit: int = 20, cursor: str | None = None) -> CampaignListed:
    return list_campaigns(ListCampaigns(owner=owner, limit=limit, cursor=cursor), table)


@pytest.mark.parametrize("order", [STORY, STORY[::-1], (*STORY[2:], *STORY, *STORY[:3])])
def test_a_player_sees_the_campaign_under_the_name_that_no_event_tells(
    store: CampaignStore, table: ProjectionTable, order: tuple[CampaignEvent, ...]
) -> None:
    for event in order:
        take_in(event, table, store, no_pause)

    (summary,) = list_page(table).items
    assert summary == summary_of(absorb_all(STORY))
    assert list_page(table, owner="somebody-else").items == ()


def test_an_event_that_was_projected_is_not_written_again(store: CampaignStore, table: ProjectionTable) -> None:
    class Untouched(ProjectionTable):
        def replace(self, row: CampaignRow, before: str | None) -> bool:
            raise AssertionError("written")

    first = take_in(STORY[0], table, store, no_pause)
    again = take_in(STORY[0], Untouched(table._dynamodb, table._table), store, no_pause)

    assert (first.new, again.new) == (True, False)
    assert again.row == first.row


def test_what_comes_together_is_read_and_written_once(store: CampaignStore, table: ProjectionTable) -> None:
    class Counted(ProjectionTable):
        asked: ClassVar[list[str]] = []

        def read(self, campaign_id: str) -> tuple[CampaignRow | None, str | None]:
            self.asked.append("read")
            return super().read(campaign_id)

        def replace(self, row: CampaignRow, before: str | None) -> bool:
            self.asked.append("replace")
            return super().replace(row, before)

    counted = Counted(table._dynamodb, table._table)
    rows = {campaign_id(): partial(counted.read, campaign_id())}
    versions = SimpleNamespace(look=lambda campaigns: [(counted, rows)])

    answers = project_all([*STORY, STORY[0]], versions, store, no_pause)

    assert counted.asked == ["read", "replace"]
    assert [one and one.new for one in answers] == [*[True] * len(STORY), False]
    row, _ = table.read(campaign_id())
    assert row == absorb_all(STORY)


def test_an_event_that_another_one_overtakes_is_absorbed_after_it(store: CampaignStore, table: ProjectionTable) -> None:
    class Overtaken(ProjectionTable):
        def replace(self, row: CampaignRow, before: str | None) -> bool:
            if STORY[2].metadata.sequence not in row.seen:
                take_in(STORY[2], table, store, no_pause)
            return super().replace(row, before)

    take_in(STORY[0], table, store, no_pause)
    take_in(STORY[1], Overtaken(table._dynamodb, table._table), store, no_pause)

    row, _ = table.read(campaign_id())
    assert row == absorb_all(STORY[:3])


def test_an_event_that_others_always_overtake_is_tried_again_later(
    store: CampaignStore, table: ProjectionTable
) -> None:
    class Busy(ProjectionTable):
        def replace(self, row: CampaignRow, before: str | None) -> bool:
            return False

    pauses: list[int] = []
    with pytest.raises(Transient):
        take_in(STORY[0], Busy(table._dynamodb, table._table), store, pauses.append)

    assert pauses == list(range(TRIES))


def test_a_row_that_an_older_version_wrote_is_taken_further(
    dynamodb: Any, store: CampaignStore, table: ProjectionTable
) -> None:
    take_in(STORY[0], table, store, no_pause)
    [item] = dynamodb.scan(TableName=LINES)["Items"]
    written = json.loads(item["line"]["S"])
    del written["resumed"], written["beginning"]["forked_from"]
    dynamodb.put_item(TableName=LINES, Item={**item, "line": {"S": json.dumps(written)}, "revision": {"N": "7"}})

    for event in STORY[1:]:
        take_in(event, table, store, no_pause)

    assert dynamodb.scan(TableName=LINES)["Items"] == [item_of(absorb_all(STORY))]


def test_a_forks_row_begins_where_it_left_its_origin() -> None:
    origin = Ancestor(campaign_id=campaign_id(2), turn=6)
    [event] = start_events(create_request(), new_state(), NOON, forked_from=origin)

    summary = summary_of(absorb_all([event]))

    assert summary is not None
    assert (summary.turn, summary.forked_from) == (6, origin)


def test_events_of_a_campaign_that_was_erased_are_in_no_list(
    empty_store: CampaignStore, table: ProjectionTable
) -> None:
    for event in STORY:
        take_in(event, table, empty_store, no_pause)

    assert list_page(table).items == ()


def begin_many(store: CampaignStore, table: ProjectionTable, count: int) -> None:
    for number in range(1, count + 1):
        request = create_request(campaign=number)
        reply = create(request, store, seed=lambda: SEED, now=NOON + timedelta(minutes=number))
        (event,) = start_events(request, reply.sheet.state, reply.started_at)
        take_in(event, table, store, no_pause)  # type: ignore[arg-type]


def test_the_list_is_read_page_by_page_last_touched_first(empty_store: CampaignStore, table: ProjectionTable) -> None:
    begin_many(empty_store, table, 5)

    pages, cursor = [], None
    while True:
        page = list_page(table, limit=2, cursor=cursor)
        pages.append([summary.campaign_id for summary in page.items])
        if (cursor := page.next_cursor) is None:
            break

    assert [one for page in pages for one in page] == [campaign_id(number) for number in (5, 4, 3, 2, 1)]
    assert all(len(page) <= 2 for page in pages)


def test_a_cursor_shows_nobody_the_campaigns_of_another(empty_store: CampaignStore, table: ProjectionTable) -> None:
    begin_many(empty_store, table, 3)
    cursor = list_page(table, limit=1).next_cursor

    assert list_page(table, owner="somebody-else", cursor=cursor).items == ()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "e30",
        "ñ",
        "bnVsbA",
        encode_cursor((campaign_id(1), "2031")),
        encode_cursor(("c_1", "x")),
        encode_cursor((campaign_id(1), touch_key(NOON, campaign_id(2)))),
        "W10",
        "ISEh",
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(table: ProjectionTable, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        list_page(table, cursor=cursor)
