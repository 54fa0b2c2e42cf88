"""A message of the export queue as a line of the spool: the envelope in columns, the data as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from contracts.canonical import canonical_json
from contracts.envelope import EventMetadata
from ninelives.analytics.export.asked import DETAIL_TYPE, Asked
from ninelives.ops.replay.window import Window


class Unreadable(ValueError):
    """No event of ours; `str(error)` says why in a few words, without its content."""


@dataclass(frozen=True)
class Delivered:
    """One copy of an event, as a replay brought it."""

    detail_type: str
    source: str
    archived: datetime
    replay: str
    metadata: EventMetadata
    data: dict[str, Any]

    def line(self) -> str:
        """The same event gives the same line, whichever copy of it came."""
        known = self.metadata
        row = {
            "event_id": known.event_id,
            "detail_type": self.detail_type,
            "source": self.source,
            "schema_version": known.schema_version,
            "occurred_at": known.occurred_at.astimezone(UTC).replace(tzinfo=None).isoformat(" "),
            "stream": known.stream,
            "sequence": known.sequence,
            "campaign_id": known.campaign_id,
            "turn_id": known.turn_id,
            "correlation_id": known.correlation_id,
            "causation_id": known.causation_id,
            "idempotency_key": known.idempotency_key,
            "traceparent": known.traceparent,
            "data": self.data,
        }
        return canonical_json(row, ensure_ascii=False)


def read(body: str) -> Delivered:
    """The event in a queue message. Raises Unreadable."""
    try:
        raw = json.loads(body)
        detail = raw["detail"]
        data = detail["data"]
        if not isinstance(data, dict):
            raise Unreadable("its data is no object")
        if not DETAIL_TYPE.fullmatch(raw["detail-type"]):  # it becomes the name of a folder
            raise Unreadable("its type is no name")
        return Delivered(
            detail_type=raw["detail-type"],
            source=str(raw["source"]),
            archived=_aware(datetime.fromisoformat(str(raw["time"]))),
            replay=str(raw.get("replay-name") or ""),
            metadata=EventMetadata.model_validate(detail["metadata"]),
            data=data,
        )
    except ValidationError as error:
        raise Unreadable(f"its metadata breaks the contract in {error.error_count()} places") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"not an event: {type(error).__name__}") from None
    except json.JSONDecodeError:
        raise Unreadable("not JSON") from None
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable("its time is none") from None


def asked_for(event: Delivered, asked: Asked, window: Window) -> bool:
    """Whether it belongs into this export. A replay brings whole slices of the archive; the window is cut here."""
    return window.holds(event.archived) and asked.wants(event.detail_type, event.metadata.campaign_id)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
