"""Keeping the projection: each event is absorbed once, whatever the order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from contracts.envelope import Event
from contracts.errors import CampaignMissing, Transient
from services.campaign.application.ports import CampaignReader
from services.campaign.domain.projection import CampaignRow, absorb, sequence_of

TRIES = 24
Pause = Callable[[int], None]
"""Waits after this many tries, counted from 0, so that those who want the same row do not meet again."""


class ProjectionRows(Protocol):
    """One table of the projection."""

    def read(self, campaign_id: str) -> tuple[CampaignRow | None, str | None]:
        """The row, and the text it is stored as; None and None before the first event."""

    def replace(self, row: CampaignRow, before: str | None) -> bool:
        """Write the row if what is stored is still this text, or still nothing."""


class WrittenTables(Protocol):
    """The tables of the projection."""

    def written(self) -> Sequence[ProjectionRows]:
        """The tables an event goes to now, the live one last."""


class Absorbed(NamedTuple):
    """The row as it is with the event, and whether the event was new to it."""

    row: CampaignRow
    new: bool


def project(event: Event, versions: WrittenTables, campaigns: CampaignReader, pause: Pause) -> Absorbed | None:
    """Absorb the event in the live table, and in the one that is being built if one is. Answers for the live one, and
    raises, as `take_in` does."""
    absorbed = [take_in(event, table, campaigns, pause) for table in versions.written()]
    return absorbed[-1]


def take_in(event: Event, table: ProjectionRows, campaigns: CampaignReader, pause: Pause) -> Absorbed | None:
    """Absorb the event in this table; None, reading and writing nothing, when it is in no campaign's stream. Raises
    Transient when other events kept getting between."""
    if sequence_of(event) is None:
        return None
    for tried in range(TRIES):
        row, stored = table.read(event.metadata.campaign_id)
        absorbed = _with_name(absorb(row, event), campaigns)
        if absorbed == row or table.replace(absorbed, stored):
            return Absorbed(absorbed, row is None or absorbed.seen != row.seen)
        pause(tried)
    raise Transient("the row kept changing")


def _with_name(row: CampaignRow, campaigns: CampaignReader) -> CampaignRow:
    """The row with the name a player gave: it is in no event, so it is read where it lives. A campaign that was erased
    has none."""
    if row.name is not None:
        return row
    try:
        stored = campaigns.read(row.campaign_id)
    except CampaignMissing:
        return row
    return row.model_copy(update={"name": stored.state.character.name})
