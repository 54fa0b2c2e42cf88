"""A turn as the audit record has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from contracts.envelope import Event
from infra.errors import UserError
from ninelives.analytics.tracing.told import TurnTold, event_of
from ninelives.ops.audit.record import Record


def turn_of(record: Record, turn_id: str, campaign_id: str | None = None) -> TurnTold:
    """The record of a turn, which may still be open. Progress says which campaign's facts are to be read.

    Raises UserError when nothing is recorded of it.
    """
    events = list(_events(record.progress(turn_id)))
    campaign_id = campaign_id or next((event.metadata.campaign_id for event in events), None)
    for owner in ("turns", "campaign") if campaign_id else ():
        events += _events(record.facts_of(f"{owner}/{campaign_id}", turn_id))
    if not events:
        without = "" if campaign_id else " If it failed before it did anything, only --campaign ID finds it."
        raise UserError(f"Nothing is recorded of turn {turn_id}.{without}")
    return TurnTold.of(events)


def _events(items: Iterable[dict[str, str]]) -> Iterator[Event]:
    for item in items:
        detail = json.loads(item["detail"])
        if event := event_of(item["detail_type"], detail["metadata"], detail["data"]):
            yield event
