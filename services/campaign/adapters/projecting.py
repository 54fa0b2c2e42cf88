"""Keeping the projection: each event is absorbed once, whatever the order."""

from __future__ import annotations

from contracts.errors import CampaignMissing, Transient
from services.campaign.adapters.lines import Lines
from services.campaign.adapters.store import CampaignStore
from services.campaign.domain.projection import CampaignEvent, Line, absorb

TRIES = 5


def project(event: CampaignEvent, lines: Lines, store: CampaignStore) -> Line:
    """Absorb the event and answer the line as it is then. Raises Transient when other events kept getting between."""
    for _ in range(TRIES):
        line, revision = lines.read(event.metadata.campaign_id)
        told = absorb(line, event)
        if told == line and told.name is not None:
            return told
        named = told if told.name is not None else _named(told, store)
        if named == line or lines.replace(named, revision):
            return named
    raise Transient("the line kept changing")


def _named(line: Line, store: CampaignStore) -> Line:
    """The name a player gave is in no event: it is read where it lives. A campaign that was erased has none."""
    try:
        stored = store.read(line.campaign_id)
    except CampaignMissing:
        return line
    return line.model_copy(update={"name": stored.state.character.name})
