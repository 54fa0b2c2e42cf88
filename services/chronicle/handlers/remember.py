"""Lambda entry point: file the facts of every resolved turn. Nobody waits for it."""

from __future__ import annotations

from contracts.campaign import TurnResolvedV1
from services.chronicle.adapters.chronicle_table import book
from services.chronicle.domain.entry import entries_of, names_in
from stagekit.consumer import consumer


@consumer(TurnResolvedV1)
def handler(*, event: TurnResolvedV1) -> None:
    book().write(event.metadata.campaign_id, entries_of(event.data), names_in(event.data))
