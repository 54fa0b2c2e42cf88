"""Keeping the projection: each event is absorbed once, whatever the order."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from contracts.errors import CampaignMissing, Transient
from services.campaign.adapters.projection_table import Lines
from services.campaign.adapters.projection_versions import Generations
from services.campaign.adapters.store import CampaignStore
from services.campaign.domain.projection import CampaignEvent, Line, absorb

TRIES = 24
Pause = Callable[[int], None]
"""Waits after this many tries, counted from 0, so that those who want the same line do not meet again."""


class Absorbed(NamedTuple):
    """The line as it is with the event, and whether the event was new to it."""

    line: Line
    new: bool


def project(event: CampaignEvent, generations: Generations, store: CampaignStore, pause: Pause) -> Absorbed:
    """Absorb the event in the live table, and in the one that is being built if one is. Raises as `take_in` does."""
    absorbed = [take_in(event, lines, store, pause) for lines in generations.written()]
    return absorbed[-1]


def take_in(event: CampaignEvent, lines: Lines, store: CampaignStore, pause: Pause) -> Absorbed:
    """Absorb the event in this table. Raises Transient when other events kept getting between."""
    for tried in range(TRIES):
        line, kept = lines.read(event.metadata.campaign_id)
        told = _named(absorb(line, event), store)
        if told == line or lines.replace(told, kept):
            return Absorbed(told, line is None or told.seen != line.seen)
        pause(tried)
    raise Transient("the line kept changing")


def _named(line: Line, store: CampaignStore) -> Line:
    """The name a player gave is in no event: it is read where it lives. A campaign that was erased has none."""
    if line.name is not None:
        return line
    try:
        stored = store.read(line.campaign_id)
    except CampaignMissing:
        return line
    return line.model_copy(update={"name": stored.state.character.name})
