"""Events that a replay did not bring, taken from the campaigns' own outbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ninelives.ops.replay.rebuild_tables import Projection
from services.campaign.application.project import Pause, take_in
from services.campaign.domain.projection_version import TableName
from services.campaign.domain.sequences import Seen


@dataclass(frozen=True)
class Filled:
    """One campaign looked at: events that the archive should have brought and did not, those too young for it, and
    those that its outbox does not have either."""

    campaign_id: str
    gaps: int = 0
    young: int = 0
    lost: int = 0


def fill(projection: Projection, name: TableName, archived_until: datetime, pause: Pause) -> Iterator[Filled]:
    """Complete the table campaign by campaign, up to the number of each campaign's last event."""
    table = projection.table(name)
    for campaign_id, last in projection.owner.campaigns():
        row, _ = table.read(campaign_id)
        gaps = young = lost = 0
        for first, end in (row.seen if row else Seen()).missing_until(last):
            found = list(projection.owner.events(campaign_id, first, end))
            for event in found:
                absorbed = take_in(event, table, projection.campaigns, pause)
                new = absorbed is not None and absorbed.new
                young += new and event.metadata.occurred_at >= archived_until
                gaps += new and event.metadata.occurred_at < archived_until
            lost += end - first + 1 - len(found)
        yield Filled(campaign_id, gaps, young, lost)
