"""How an event is filed: by stream and place in it, with a digest of exactly what was said."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from contracts.envelope import EventMetadata, Value


class Entry(Value):
    """One line of the record."""

    stream: str
    place: str
    event_id: str
    detail_type: str
    source: str
    occurred_at: str
    turn_id: str | None
    detail: str
    digest: str

    @property
    def is_progress(self) -> bool:
        """Progress of a step that ran twice is announced twice: under one id, at two times. The first is kept."""
        return self.place == f"id/{self.event_id}"


def entry_of(source: str, detail_type: str, metadata: EventMetadata, data: dict[str, Any]) -> Entry:
    """File an event. Equal events give equal entries, whichever delivery they came with.

    The place of a fact is its sequence, ten digits wide so that places sort as numbers do; progress has none and
    is filed under its id.
    """
    detail = json.dumps(
        {"metadata": metadata.model_dump(mode="json"), "data": data},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return Entry(
        stream=metadata.stream,
        place=f"id/{metadata.event_id}" if metadata.sequence is None else f"{metadata.sequence:010d}",
        event_id=metadata.event_id,
        detail_type=detail_type,
        source=source,
        occurred_at=metadata.occurred_at.isoformat(),
        turn_id=metadata.turn_id,
        detail=detail,
        digest=sha256(f"{source}|{detail_type}|{detail}".encode()).hexdigest(),
    )
