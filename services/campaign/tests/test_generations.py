"""Two tables, one of them live: whatever is rebuilt and swapped while events come in, none is missing from either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.campaign import ListCampaigns
from contracts.errors import CampaignMissing
from services.campaign.adapters.projection_table import Lines, item_of
from services.campaign.adapters.projection_versions import Generations
from services.campaign.adapters.store import CampaignStore
from services.campaign.application.list_campaigns import list_campaigns
from services.campaign.application.project import project, take_in
from services.campaign.domain.projection import CampaignEvent, Line, absorb
from services.campaign.domain.projection_version import Building, Generation
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
        self.generations = Generations(self.memory, {"projection": "first", "side": "second"})  # type: ignore[arg-type]
        self.store: Any = Nameless()
        self.committed: list[CampaignEvent] = []
        self.slow: list[tuple[CampaignEvent, list[Lines]]] = []
        self.filled = False

    def deliver(self, event: CampaignEvent) -> None:
        self._commit(event)
        project(event, self.generations, self.store, no_pause)

    def start(self, event: CampaignEvent) -> None:
        """A consumer learns where to write, and then is slow."""
        self._commit(event)
        self.slow.append((event, self.generations.written()))

    def finish(self, *_: Any) -> None:
        if self.slow:
            event, tables = self.slow.pop(0)
            for lines in tables:
                take_in(event, lines, self.store, no_pause)

    def claim(self, *_: Any) -> None:
        current = self.generations.read()
        if current.building is None:
            assert self.generations.replace(current.claimed(BUILDING))
            spare = "second" if current.spare == "side" else "first"
            for key in self.memory.lines(spare):
                del self.memory.tables[spare][key]
            self.filled = False

    def replay(self, event: CampaignEvent) -> None:
        """The archive brings one of the past, and never all of them."""
        built = self.generations.built()
        if built and event in self.committed:
            take_in(event, built, self.store, no_pause)

    def fill(self, *_: Any) -> None:
        """Complete what is built from the outbox, as it is now."""
        built = self.generations.built()
        if built:
            for event in self.committed:
                take_in(event, built, self.store, no_pause)
            self.filled = True

    def swap(self, *_: Any) -> None:
        """Some time after it was filled."""
        current = self.generations.read()
        if current.building and self.filled:
            assert self.generations.replace(current.swapped())

    def give_up(self, *_: Any) -> None:
        current = self.generations.read()
        if current.building:
            assert self.generations.replace(current.given_up())

    def live(self) -> dict[str, Any]:
        return self.memory.lines("first" if self.generations.read().live == "projection" else "second")

    def _commit(self, event: CampaignEvent) -> None:
        if event not in self.committed:
            self.committed.append(event)


def expected(events: Sequence[CampaignEvent]) -> dict[str, Any]:
    line: Line | None = None
    for event in events:
        line = absorb(line, event)
    return {} if line is None else {f"CAMPAIGN#{line.campaign_id}": item_of(line)}


DOINGS = st.tuples(
    st.sampled_from(["deliver", "start", "finish", "claim", "replay", "fill", "swap", "swap", "give_up"]),
    st.sampled_from(STORY),
)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DOINGS, min_size=5, max_size=40))
def test_events_rebuilds_and_swaps_in_any_order_leave_the_same_bytes(doings: list[tuple[str, CampaignEvent]]) -> None:
    play = Play()
    for doing, event in doings:
        getattr(play, doing)(event)
    while play.slow:
        play.finish()

    assert play.live() == expected(play.committed)


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

    assert play.memory.lines("first") == play.memory.lines("second") == expected(STORY)


def test_of_two_that_claim_at_once_one_does(generations: Generations) -> None:
    seen = generations.read()

    assert generations.replace(seen.claimed(BUILDING))
    assert not generations.replace(seen.claimed(BUILDING.model_copy(update={"by": "eve@den/2"})))
    assert generations.read() == Generation(building=BUILDING, revision=1)


def test_a_swap_changes_what_a_list_is_read_from(store: CampaignStore, generations: Generations) -> None:
    def turns() -> list[int]:
        page = list_campaigns(ListCampaigns(owner=OWNER), generations.live())
        return [one.turn for one in page.items]

    project(STORY[0], generations, store, no_pause)
    claimed = generations.read().claimed(BUILDING)
    assert generations.replace(claimed)
    built = generations.built()
    assert built is not None
    for event in STORY:
        take_in(event, built, store, no_pause)
    before = turns()
    assert generations.replace(claimed.swapped())

    assert (before, turns()) == ([0], [3])
    assert generations.built() is None


def test_a_live_line_that_cannot_be_read_does_not_hold_up_its_rebuild(
    dynamodb: Any, store: CampaignStore, generations: Generations
) -> None:
    project(STORY[0], generations, store, no_pause)
    [item] = dynamodb.scan(TableName=LINES)["Items"]
    dynamodb.put_item(TableName=LINES, Item={**item, "line": {"S": "torn"}})
    assert generations.replace(generations.read().claimed(BUILDING))

    with pytest.raises(ValueError):
        project(STORY[1], generations, store, no_pause)

    built = generations.built()
    assert built is not None
    line, _ = built.read(campaign_id())
    assert line is not None and line.seen.runs == ((2, 2),)
