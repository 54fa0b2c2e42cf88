"""Lambda entry point: write down every event that passes."""

from __future__ import annotations

from services.audit.adapters.ledger import append
from services.audit.domain.entry import entry_of
from stagekit.consumer import consumer
from stagekit.events import AnyEvent
from stagekit.observe import count


@consumer()
def handler(*, event: AnyEvent) -> None:
    outcome = append(entry_of(event.source, event.detail_type, event.metadata, event.data))
    if outcome == "duplicate":
        count("record", Duplicates=1)
