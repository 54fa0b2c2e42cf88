"""The row of a campaign in the lists, folded from its events. Any order and any number of deliveries give the same row.

A campaign's stream may hold kinds of events that no list shows. They are seen and change nothing else: sequences count
every event of the stream, so an event that was passed over would look like one that was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.campaign import CampaignEndedV1, CampaignErasedV1, CampaignStartedV1, CampaignSummary, TurnResolvedV1
from contracts.canon import EntityRef
from contracts.envelope import Ancestor, Event, Slug, Value
from services.campaign.domain.sequences import Seen
from services.campaign.domain.streams import stream_of

CampaignEvent = CampaignStartedV1 | TurnResolvedV1 | CampaignEndedV1
"""The kinds that a row is made of."""
KINDS = (CampaignStartedV1, TurnResolvedV1, CampaignEndedV1, CampaignErasedV1)
"""All that change more of a row than what it has seen."""
_BY_NAME: Mapping[str, type[Event]] = {kind.detail_type: kind for kind in KINDS}


class Beginning(Value):
    """Fields that only the first event tells."""

    class_name: str
    world: Slug
    started_at: AwareDatetime
    forked_from: Ancestor | None = None


class Figures(Value):
    """Figures that every turn tells anew. Of two, the one with the higher sequence is true."""

    sequence: int
    turn: int
    level: int
    lives: int
    place: EntityRef


class CampaignRow(Value):
    """The projection of a campaign so far. `seen` tells gaps, `resumed` when the first event after each gap occurred;
    `touched_at` is when the newest event seen did. `owner` is unknown before the first event of a kind that a row is
    made of. Of a campaign that was erased, only what was seen is known, and when. All of it follows from which events
    were seen, not from how."""

    campaign_id: str
    owner: str | None = None
    seen: Seen = Seen()
    resumed: tuple[tuple[int, AwareDatetime], ...] = ()
    name: str | None = None
    beginning: Beginning | None = None
    figures: Figures | None = None
    ending: Slug | None = None
    touched_at: AwareDatetime
    erased: bool = Field(default=False, exclude_if=lambda erased: not erased)

    @property
    def status(self) -> Literal["active", "ended"]:
        return "active" if self.ending is None else "ended"

    def resumed_at(self, sequence: int) -> datetime:
        """The time at which this event, the first after a gap, occurred."""
        return dict(self.resumed).get(sequence, self.touched_at)


NOTHING_ELSE = {**dict.fromkeys(("owner", "name", "beginning", "figures", "ending")), "erased": True}
"""Fields of an erased row: it belongs to nobody then, and is in no list."""
StoredRow = tuple[CampaignRow | None, str | None]
"""A row and the text it is stored as; None and None before the first event."""
Read = Callable[[], StoredRow]
"""Makes out a row that was stored, and raises ValueError when what is stored is no row."""


def read_event(detail_type: str, detail: Mapping[str, Any]) -> Event:
    """The event as a row takes it: of its own class when it changes a row, else its metadata only."""
    return _BY_NAME.get(detail_type, Event).model_validate(detail)


def sequence_of(event: Event) -> int | None:
    """The number of the event in its campaign's stream; None for what is in no such stream, such as progress."""
    meta = event.metadata
    return meta.sequence if meta.stream == stream_of(meta.campaign_id) else None


def absorb(row: CampaignRow | None, event: Event) -> CampaignRow:
    """The row with this event in it; the same row when it was in it already. Raises ValueError when the event has no
    number in the campaign's stream."""
    meta, sequence = event.metadata, sequence_of(event)
    if sequence is None:
        raise ValueError(f"{meta.event_id} is in no campaign's stream")
    if row is None:
        row = CampaignRow(campaign_id=meta.campaign_id, touched_at=meta.occurred_at)
    if sequence in row.seen:
        return row
    newest = sequence > row.seen.newest
    seen = row.seen.plus(sequence)
    row = row.model_copy(
        update={
            "seen": seen,
            "resumed": _resumptions(seen, {**dict(row.resumed), sequence: meta.occurred_at}),
            "touched_at": meta.occurred_at if newest else row.touched_at,
        }
    )
    if row.erased or isinstance(event, CampaignErasedV1):
        return row.model_copy(update=NOTHING_ELSE)
    return _apply(row, event, sequence) if isinstance(event, CampaignEvent) else row


def _resumptions(seen: Seen, moments: dict[int, datetime]) -> tuple[tuple[int, datetime], ...]:
    return tuple((first, moments[first]) for first, _ in seen.runs if first > 1 and first in moments)


def _apply(row: CampaignRow, event: CampaignEvent, sequence: int) -> CampaignRow:
    row = row.model_copy(update={"owner": event.data.owner})
    if isinstance(event, CampaignEndedV1):
        return row.model_copy(update={"ending": event.data.ending})
    if isinstance(event, TurnResolvedV1):
        data = event.data
        figures = Figures(sequence=sequence, turn=data.number, level=data.level, lives=data.lives, place=data.place)
        return _keep_newest(row, figures).model_copy(update={"ending": data.ending or row.ending})
    summary = event.data.summary
    origin = event.data.forked_from
    turn = 0 if origin is None else origin.turn
    first = Figures.model_validate(
        {"sequence": sequence, "turn": turn, **{name: summary[name] for name in ("level", "lives", "place")}}
    )
    beginning = Beginning(
        class_name=summary["class_name"],
        world=event.data.world,
        started_at=event.metadata.occurred_at,
        forked_from=origin,
    )
    return _keep_newest(row, first).model_copy(update={"beginning": beginning})


def _keep_newest(row: CampaignRow, figures: Figures) -> CampaignRow:
    if row.figures is not None and row.figures.sequence > figures.sequence:
        return row
    return row.model_copy(update={"figures": figures})


def summary_of(row: CampaignRow) -> CampaignSummary | None:
    """The row as a list shows it, or None while its beginning or its name has not arrived."""
    if row.beginning is None or row.figures is None or row.name is None:
        return None
    return CampaignSummary(
        campaign_id=row.campaign_id,
        name=row.name,
        class_name=row.beginning.class_name,
        world=row.beginning.world,
        status=row.status,
        turn=row.figures.turn,
        level=row.figures.level,
        lives=row.figures.lives,
        place=row.figures.place,
        ending=row.ending,
        started_at=row.beginning.started_at,
        updated_at=row.touched_at,
        forked_from=row.beginning.forked_from,
    )
