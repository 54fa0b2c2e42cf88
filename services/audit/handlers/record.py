"""Lambda entry point: write down every event that passes."""

from __future__ import annotations

from services.audit.application.record import Conflict, record_all
from services.audit.domain.entry import entry_of
from services.audit.wiring import audit_table, now
from stagekit.consumer import consumer
from stagekit.events import AnyEvent
from stagekit.observe import count


@consumer(in_batches=True)
def handler(*, events: tuple[AnyEvent, ...]) -> None:
    entries = [entry_of(each.source, each.detail_type, each.metadata, each.data) for each in events]
    try:
        recorded = record_all(entries, audit_table())
    except Conflict:
        if len(events) == 1:  # the others of a batch are consumed again, each alone
            count("record", Alterations=1, RecordFaults=1)
        raise
    if duplicates := sum(each.duplicate for each in recorded):
        count("record", Duplicates=duplicates)
    gaps = [each.gap for each in recorded if each.gap and each.gap.is_settled(now())]
    if gaps:
        missing = sum(gap.missing for gap in gaps)
        count("record", Gaps=missing, RecordFaults=missing)
