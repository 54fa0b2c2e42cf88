"""The events of one turn, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

from pydantic import ValidationError

from contracts.campaign import TurnResolvedV1
from contracts.dm import DungeonMasterFailedV1, DungeonMasterRespondedV1
from contracts.envelope import Event, EventMetadata
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from contracts.lore import LoreRetrievedV1
from contracts.tools import ToolExecutedV1, WorldPlayedV1
from infra.errors import UserError

KINDS: dict[str, type[Event]] = {
    kind.detail_type: kind
    for kind in (
        TurnAcceptedV1,
        LoreRetrievedV1,
        DungeonMasterRespondedV1,
        DungeonMasterFailedV1,
        ToolExecutedV1,
        WorldPlayedV1,
        TurnResolvedV1,
        TurnAnsweredV1,
        TurnFailedV1,
    )
}
"""The events that a trace is made of, by their type."""

Kind = TypeVar("Kind", bound=Event)


def event_of(detail_type: str, metadata: object, data: object) -> Event | None:
    """The event, or None of a kind that no trace needs. Raises UserError when it breaks its contract."""
    kind = KINDS.get(detail_type)
    try:
        return kind.model_validate({"metadata": metadata, "data": data}) if kind else None
    except ValidationError as error:
        raise UserError(f"A recorded {detail_type} breaks its contract in {error.error_count()} places.") from None


@dataclass(frozen=True)
class TurnTold:
    """The events of one turn, oldest first. There is at least one."""

    events: tuple[Event, ...]

    @classmethod
    def of(cls, events: Iterable[Event]) -> TurnTold:
        """Of copies of an event the earliest stays, as in the audit record. Raises ValueError without any event."""
        once: dict[str, Event] = {}
        for event in sorted(events, key=lambda each: (each.metadata.occurred_at, each.metadata.event_id)):
            once.setdefault(event.metadata.event_id, event)
        if not once:
            raise ValueError("no events")
        return cls(tuple(once.values()))

    @property
    def metadata(self) -> EventMetadata:
        """Of the first event."""
        return self.events[0].metadata

    @property
    def turn_id(self) -> str:
        return self.metadata.turn_id or self.metadata.correlation_id

    def first(self, kind: type[Kind]) -> Kind | None:
        return next((event for event in self.events if isinstance(event, kind)), None)

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the step of the turn that they tell of: what follows the turn id in its key."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.metadata.idempotency_key.removeprefix(f"{self.turn_id}/")].append(event)
        return {key: tuple(events) for key, events in found.items()}

    @property
    def model(self) -> str | None:
        """The last model that answered, if one did."""
        resolved = self.first(TurnResolvedV1)
        replies = (event.data.usage.model for event in self.events if isinstance(event, DungeonMasterRespondedV1))
        return resolved.data.model if resolved else next((model for model in reversed([*replies]) if model), None)

    @property
    def is_whole(self) -> bool:
        """Whether its beginning and its end are here. Until then, more of it may be told."""
        return bool(self.first(TurnAcceptedV1)) and bool(self.first(TurnAnsweredV1) or self.first(TurnFailedV1))

    @property
    def began(self) -> datetime:
        accepted = self.first(TurnAcceptedV1)
        return accepted.data.accepted_at if accepted else self.metadata.occurred_at

    @property
    def ended(self) -> datetime:
        """The time at which it was answered or given up; else that of the last that is known of it."""
        end = self.first(TurnAnsweredV1) or self.first(TurnFailedV1)
        if end is None:
            return self.events[-1].metadata.occurred_at
        return self.began + timedelta(milliseconds=end.data.milliseconds)
