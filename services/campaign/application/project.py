"""Keeping the projection: each event is absorbed once, whatever the order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from contracts.campaign import CampaignErasedV1
from contracts.envelope import Event
from contracts.errors import CampaignMissing, Transient
from services.campaign.application.ports import CampaignReader
from services.campaign.domain.projection import CampaignRow, Read, StoredRow, absorb, sequence_of

TRIES = 24
Pause = Callable[[int], None]
"""Waits after this many tries, counted from 0, so that those who want the same row do not meet again."""


class ProjectionRows(Protocol):
    """One table of the projection."""

    def read(self, campaign_id: str) -> StoredRow:
        """The row, and the text it is stored as; None and None before the first event."""

    def replace(self, row: CampaignRow, before: str | None) -> bool:
        """Write the row if what is stored is still this text, or still nothing."""


class WrittenTables(Protocol):
    """The tables of the projection."""

    def look(self, campaigns: Sequence[str]) -> Sequence[tuple[ProjectionRows, Mapping[str, Read]]]:
        """The tables an event goes to now, the live one last, each with the rows of at most 40 campaigns as they were
        stored at this moment, still to be made out."""

    def all(self) -> Sequence[ProjectionRows]:
        """Both tables: one of them may be out of use and hold what was, until it is built anew."""


class Absorbed(NamedTuple):
    """The row as it is with the event, and whether the event was new to it."""

    row: CampaignRow
    new: bool


def project(event: Event, versions: WrittenTables, campaigns: CampaignReader, pause: Pause) -> Absorbed | None:
    """Absorb one event; None when it is in no campaign's stream. Otherwise like `project_all`."""
    return project_all([event], versions, campaigns, pause)[0]


def project_all(
    events: Sequence[Event], versions: WrittenTables, campaigns: CampaignReader, pause: Pause
) -> list[Absorbed | None]:
    """Absorb events in the live table, and in the one that is being built if one is: one read for all, and one write
    for a campaign and table. Answers for the live one, event by event, and raises, as `take_in` does."""
    by_campaign: dict[str, list[int]] = {}
    for place, event in enumerate(events):
        if sequence_of(event) is not None:
            by_campaign.setdefault(event.metadata.campaign_id, []).append(place)
    answers: list[Absorbed | None] = [None] * len(events)
    tables = versions.look(list(by_campaign)) if by_campaign else ()
    for campaign_id, places in by_campaign.items():
        for table, rows in tables:
            absorbed = _take_in_all([events[place] for place in places], table, campaigns, pause, rows[campaign_id])
            for place, answer in zip(places, absorbed, strict=True):
                answers[place] = answer
    for event in events:
        if isinstance(event, CampaignErasedV1):
            _erase_everywhere(event, versions, campaigns, pause)
    return answers


def _erase_everywhere(event: Event, versions: WrittenTables, campaigns: CampaignReader, pause: Pause) -> None:
    """In a table out of use, too, where nobody would otherwise take the name away."""
    for table in versions.all():
        if table.read(event.metadata.campaign_id)[0] is not None:
            take_in(event, table, campaigns, pause)


def take_in(event: Event, table: ProjectionRows, campaigns: CampaignReader, pause: Pause) -> Absorbed | None:
    """Absorb the event in this table; None, reading and writing nothing, when it is in no campaign's stream. Raises
    Transient when other events kept getting between."""
    return None if sequence_of(event) is None else _take_in_all([event], table, campaigns, pause)[0]


def _take_in_all(
    events: Sequence[Event],
    table: ProjectionRows,
    campaigns: CampaignReader,
    pause: Pause,
    seen: Read | None = None,
) -> list[Absorbed]:
    """Absorb events of one campaign, whose row was seen so just now. Each is answered with the row as it is with all of
    them."""
    for tried in range(TRIES):
        before, stored = seen() if seen else table.read(events[0].metadata.campaign_id)
        seen = None
        row, new = before, []
        for event in events:
            absorbed = absorb(row, event)
            new.append(row is None or absorbed.seen != row.seen)
            row = absorbed
        assert row is not None, "there are events"
        named = _with_name(row, campaigns)
        if named == before or table.replace(named, stored):
            return [Absorbed(named, each) for each in new]
        pause(tried)
    raise Transient("the row kept changing")


def _with_name(row: CampaignRow, campaigns: CampaignReader) -> CampaignRow:
    """The row with the name a player gave: it is in no event, so it is read where it lives. A campaign that was erased
    has none."""
    if row.name is not None or row.erased:
        return row
    try:
        stored = campaigns.read(row.campaign_id)
    except CampaignMissing:
        return row
    return row.model_copy(update={"name": stored.state.character.name})
