"""An event as it is recorded: by stream and place in it, with a digest of exactly what was said."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from contracts.canonical import canonical_json
from contracts.envelope import EventMetadata, Value


class AuditEntry(Value):
    """One event of the record."""

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
        return self.place == progress_place(self.event_id)

    @property
    def is_misplaced(self) -> bool:
        """A fact's id names its place (`campaign/c_…/7`), or no place at all. One that names another is not this fact.

        So the condition on a place is a condition on the id.
        """
        return not self.is_progress and "/" in self.event_id and self.event_id != f"{self.stream}/{int(self.place)}"


def fact_place(sequence: int) -> str:
    """The place of a fact: its sequence, ten digits wide so that places sort as numbers do."""
    return f"{sequence:010d}"


def progress_place(event_id: str) -> str:
    """Progress has no sequence and is filed under its id."""
    return f"id/{event_id}"


def entry_of(source: str, detail_type: str, metadata: EventMetadata, data: dict[str, Any]) -> AuditEntry:
    """File an event. Equal events give equal entries, whichever delivery they came with.

    Metadata that says nothing is left out: a field that a later minor of the contract adds alters no older event.
    """
    detail = canonical_json(
        {"metadata": metadata.model_dump(mode="json", exclude_none=True), "data": data}, ensure_ascii=False
    )
    sequence = metadata.sequence
    return AuditEntry(
        stream=metadata.stream,
        place=progress_place(metadata.event_id) if sequence is None else fact_place(sequence),
        event_id=metadata.event_id,
        detail_type=detail_type,
        source=source,
        occurred_at=metadata.occurred_at.isoformat(),
        turn_id=metadata.turn_id,
        detail=detail,
        digest=digest_of(source, detail_type, detail),
    )


def digest_of(source: str, detail_type: str, detail: str) -> str:
    """SHA-256 of what was said, by whom: over the very text that is recorded, so that it needs no parser to check."""
    return sha256(f"{source}|{detail_type}|{detail}".encode()).hexdigest()
