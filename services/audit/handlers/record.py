"""Lambda entry point: write down every event that passes."""

from __future__ import annotations

from services.audit.application.record import Conflict, record
from services.audit.domain.entry import entry_of
from services.audit.wiring import audit_table, now
from stagekit.consumer import consumer
from stagekit.events import AnyEvent
from stagekit.observe import count


@consumer()
def handler(*, event: AnyEvent) -> None:
    try:
        recorded = record(entry_of(event.source, event.detail_type, event.metadata, event.data), audit_table())
    except Conflict:
        count("record", Alterations=1)
        raise
    if recorded.duplicate:
        count("record", Duplicates=1)
    if recorded.gap and recorded.gap.is_settled(now()):
        count("record", Gaps=recorded.gap.missing)
