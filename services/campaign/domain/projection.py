"""A line of a player's list, folded from events. Any order and any number of deliveries give the same line."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, CampaignSummary, TurnResolvedV1
from contracts.canon import EntityRef
from contracts.envelope import Ancestor, Slug, Value
from services.campaign.domain.sequences import Seen

CampaignEvent = CampaignStartedV1 | TurnResolvedV1 | CampaignEndedV1


class Beginning(Value):
    """What only the first event tells."""

    class_name: str
    world: Slug
    started_at: AwareDatetime
    forked_from: Ancestor | None = None


class Figures(Value):
    """What every turn tells anew. Of two, the one with the higher sequence is true."""

    sequence: int
    turn: int
    level: int
    lives: int
    place: EntityRef


class Line(Value):
    """What is known of a campaign so far. `seen` tells gaps, `resumed` when the first event after each gap occurred;
    `touched_at` is when the newest event seen did. All of it follows from which events were seen, not from how."""

    campaign_id: str
    owner: str
    seen: Seen = Seen()
    resumed: tuple[tuple[int, AwareDatetime], ...] = ()
    name: str | None = None
    beginning: Beginning | None = None
    figures: Figures | None = None
    ending: Slug | None = None
    touched_at: AwareDatetime

    @property
    def status(self) -> Literal["active", "ended"]:
        return "active" if self.ending is None else "ended"

    def resumed_at(self, sequence: int) -> datetime:
        """When this event, the first after a gap, occurred."""
        return dict(self.resumed).get(sequence, self.touched_at)


def absorb(line: Line | None, event: CampaignEvent) -> Line:
    """The line with this event in it; the same line when it was in it already."""
    meta, data = event.metadata, event.data
    sequence = meta.sequence or 0
    if line is None:
        line = Line(campaign_id=meta.campaign_id, owner=data.owner, touched_at=meta.occurred_at)
    if sequence in line.seen:
        return line
    newest = sequence > line.seen.newest
    seen = line.seen.plus(sequence)
    line = line.model_copy(
        update={
            "seen": seen,
            "resumed": _resumed(seen, {**dict(line.resumed), sequence: meta.occurred_at}),
            "touched_at": meta.occurred_at if newest else line.touched_at,
        }
    )
    return _told(line, event, sequence)


def _resumed(seen: Seen, moments: dict[int, datetime]) -> tuple[tuple[int, datetime], ...]:
    return tuple((first, moments[first]) for first, _ in seen.runs if first > 1 and first in moments)


def _told(line: Line, event: CampaignEvent, sequence: int) -> Line:
    if isinstance(event, CampaignEndedV1):
        return line.model_copy(update={"ending": event.data.ending})
    if isinstance(event, TurnResolvedV1):
        data = event.data
        figures = Figures(sequence=sequence, turn=data.number, level=data.level, lives=data.lives, place=data.place)
        return _newer(line, figures).model_copy(update={"ending": data.ending or line.ending})
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
    return _newer(line, first).model_copy(update={"beginning": beginning})


def _newer(line: Line, figures: Figures) -> Line:
    if line.figures is not None and line.figures.sequence > figures.sequence:
        return line
    return line.model_copy(update={"figures": figures})


def summary_of(line: Line) -> CampaignSummary | None:
    """The line as a list shows it, or None while its beginning or its name has not arrived."""
    if line.beginning is None or line.figures is None or line.name is None:
        return None
    return CampaignSummary(
        campaign_id=line.campaign_id,
        name=line.name,
        class_name=line.beginning.class_name,
        world=line.beginning.world,
        status=line.status,
        turn=line.figures.turn,
        level=line.figures.level,
        lives=line.figures.lives,
        place=line.figures.place,
        ending=line.ending,
        started_at=line.beginning.started_at,
        updated_at=line.touched_at,
        forked_from=line.beginning.forked_from,
    )
