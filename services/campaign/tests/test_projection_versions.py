"""Two tables, one of them live: whatever is rebuilt and swapped while events come in, none is missing from either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.campaign import ListCampaigns
from contracts.errors import CampaignMissing
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.adapters.projection_table import ProjectionTable, item_of
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.application.list_campaigns import list_campaigns
from services.campaign.application.project import project, take_in
from services.campaign.domain.projection import CampaignEvent, CampaignRow, absorb
from services.campaign.domain.projection_version import Building, ProjectionVersion
from services.campaign.tests.builders import NOON, OWNER, campaign_id
from services.campaign.tests.conftest import LINES
from services.campaign.tests.memory import Memory
from services.campaign.tests.test_projection import STORY, no_pause

BUILDING = Building(by="ada@den/1", since=NOON, replay="rebuild-1")


class Nameless:
    """A store that knows no campaign: a name is one more read, and no event."""

    def read(self, campaign_id: str) -> Any:
        raise CampaignMissing(campaign_id)


class Play:
    """A projection under way: events are committed, delivered, overtaken; rebuilds begin and end at any time."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.versions = ProjectionVersions(self.memory, {"projection": "first", "side": "second"})  # type: ignore[arg-type]
        self.store: Any = Nameless()
        self.committed: list[CampaignEvent] = []
        self.slow: list[tuple[CampaignEvent, list[ProjectionTable]]] = []
        self.filled = False

    def deliver(self, event: CampaignEvent) -> None:
        self._commit(event)
        project(event, self.versions, self.store, no_pause)

    def start(self, event: CampaignEvent) -> None:
        """A consumer learns where to write, and then is slow."""
        self._commit(event)
        self.slow.append((event, self.versions.list_written()))

    def finish(self, *_: Any) -> None:
        if self.slow:
            event, tables = self.slow.pop(0)
            for table in tables:
                take_in(event, table, self.store, no_pause)

    def claim(self, *_: Any) -> None:
        current = self.versions.read()
        if current.building is None:
            assert self.versions.replace(current.start_rebuild(BUILDING))
            spare = "second" if current.standby == "side" else "first"
            for key in self.memory.rows(spare):
                del self.memory.tables[spare][key]
            self.filled = False

    def replay(self, event: CampaignEvent) -> None:
        """The archive brings one of the past, and never all of them."""
        built = self.versions.building()
        if built and event in self.committed:
            take_in(event, built, self.store, no_pause)

    def fill(self, *_: Any) -> None:
        """Complete what is built from the outbox, as it is now."""
        built = self.versions.building()
        if built:
            for event in self.committed:
                take_in(event, built, self.store, no_pause)
            self.filled = True

    def swap(self, *_: Any) -> None:
        """Some time after it was filled."""
        current = self.versions.read()
        if current.building and self.filled:
            assert self.versions.replace(current.swap())

    def give_up(self, *_: Any) -> None:
        current = self.versions.read()
        if current.building:
            assert self.versions.replace(current.end_rebuild())

    def live(self) -> dict[str, Any]:
        return self.memory.rows("first" if self.versions.read().live == "projection" else "second")

    def _commit(self, event: CampaignEvent) -> None:
        if event not in self.committed:
            self.committed.append(event)


def project_all(events: Sequence[CampaignEvent]) -> dict[str, Any]:
    row: CampaignRow | None = None
    for event in events:
        row = absorb(row, event)
    return {} if row is None else {f"CAMPAIGN#{row.campaign_id}": item_of(row)}


DOINGS = st.tuples(
    st.sampled_from(["deliver", "start", "finish", "claim", "replay", "fill", "swap", "swap", "give_up"]),
    st.sampled_from(STORY),
)


@given(st.lists(DOINGS, min_size=5, max_size=40))
def test_events_rebuilds_and_swaps_in_any_order_leave_the_same_bytes(doings: list[tuple[str, CampaignEvent]]) -> None:
    play = Play()
    for doing, event in doings:
        getattr(play, doing)(event)
    while play.slow:
        play.finish()

    assert play.live() == project_all(play.committed)


@given(st.lists(DOINGS, max_size=20), st.permutations(STORY))
def test_what_comes_during_a_rebuild_is_in_both_tables(
    before: list[tuple[str, CampaignEvent]], during: list[CampaignEvent]
) -> None:
    play = Play()
    for doing, event in before:
        getattr(play, doing)(event)
    play.claim()
    for event in during:
        play.deliver(event)
    while play.slow:
        play.finish()

    assert play.memory.rows("first") == play.memory.rows("second") == project_all(STORY)


def test_of_two_that_claim_at_once_one_does(versions: ProjectionVersions) -> None:
    seen = versions.read()

    assert versions.replace(seen.start_rebuild(BUILDING))
    assert not versions.replace(seen.start_rebuild(BUILDING.model_copy(update={"by": "eve@den/2"})))
    assert versions.read() == ProjectionVersion(building=BUILDING, revision=1)


def test_a_swap_changes_what_a_list_is_read_from(store: CampaignStore, versions: ProjectionVersions) -> None:
    def turns() -> list[int]:
        page = list_campaigns(ListCampaigns(owner=OWNER), versions.live())
        return [one.turn for one in page.items]

    project(STORY[0], versions, store, no_pause)
    claimed = versions.read().start_rebuild(BUILDING)
    assert versions.replace(claimed)
    built = versions.building()
    assert built is not None
    for event in STORY:
        take_in(event, built, store, no_pause)
    before = turns()
    assert versions.replace(claimed.swap())

    assert (before, turns()) == ([0], [3])
    assert versions.building() is None


def test_a_live_row_that_cannot_be_read_does_not_hold_up_its_rebuild(
    dynamodb: Any, store: CampaignStore, versions: ProjectionVersions
) -> None:
    project(STORY[0], versions, store, no_pause)
    [item] = dynamodb.scan(TableName=LINES)["Items"]
    dynamodb.put_item(TableName=LINES, Item={**item, "line": {"S": "torn"}})
    assert versions.replace(versions.read().start_rebuild(BUILDING))

    with pytest.raises(ValueError):
        project(STORY[1], versions, store, no_pause)

    built = versions.building()
    assert built is not None
    row, _ = built.read(campaign_id())
    assert row is not None and row.seen.runs == ((2, 2),)
