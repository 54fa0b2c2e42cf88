"""Events as a player hears of them: which kinds, and which parts of them.

Each kind names what it lets through. Owners, seeds, other ids and whatever a later version of an event adds stay out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from contracts.dm import DungeonMasterFailedV1, DungeonMasterRespondedV1
from contracts.envelope import CampaignId, Event, TurnId
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from contracts.lore import LoreRetrievedV1
from contracts.playerapi import FeedEvent
from contracts.tools import ToolExecutedV1, WorldPlayedV1

if TYPE_CHECKING:
    from contracts.campaign import TurnCommitted

Shown = dict[type[Event], tuple[str, set[str]]]
"""By the event: its name in the feed, and the parts of its data that go there."""

FACTS: Shown = {
    CampaignStartedV1: ("campaign-started", {"class_id", "world", "world_version", "seed_commitment", "forked_from"}),
    TurnAcceptedV1: ("turn-accepted", {"accepted_at"}),
    TurnResolvedV1: (
        "turn-resolved",
        {"number", "version", "told_by", "totals", "refusals", "level", "lives", "status", "ending"},
    ),
    TurnAnsweredV1: ("turn-answered", {"number", "milliseconds", "stages"}),
    TurnFailedV1: ("turn-failed", {"error", "stage", "milliseconds"}),
    CampaignEndedV1: ("campaign-ended", {"ending", "turn"}),
}
"""Facts, which have a place in the feed and are missed by nobody."""

HEARD = (CampaignStartedV1, CampaignEndedV1)
"""FACTS that come over the bus. The gateway's own have their place from the transaction that makes them, and what the
campaign committed of a turn from the one that closes it."""

PROGRESS: Shown = {
    LoreRetrievedV1: ("lore-found", {"place", "passages"}),
    DungeonMasterRespondedV1: ("master-answered", {"told_by", "stop", "calls", "usage"}),
    DungeonMasterFailedV1: ("master-failed", {"asked", "error"}),
    ToolExecutedV1: ("tool-executed", {"tool", "verdict", "refusal", "rolls", "effects", "thrown"}),
    WorldPlayedV1: ("world-played", {"acts", "thrown"}),
}
"""Progress, which is told to listeners while it happens and kept nowhere."""

SHOWN: Shown = {**FACTS, **PROGRESS}


MOST_LISTENERS = 10
"""Connections that are told of a campaign: tabs and devices of one player. It bounds what one event costs."""


@dataclass(frozen=True)
class FeedEntry:
    """An event as its player may see it, without a place in the feed. `id` is the event's."""

    type: str
    id: str
    campaign_id: CampaignId
    turn_id: TurnId | None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FeedHead:
    """The newest place of a feed, 0 when nothing was ever appended, and the connections that listen to its campaign."""

    last: int = 0
    listeners: Sequence[str] = ()

    def followed_by(self, *entries: FeedEntry, now: datetime) -> tuple[FeedEvent, ...]:
        """These facts at the next places."""
        return tuple(FeedEvent(**vars(each), sequence=self.last + n, sent_at=now) for n, each in enumerate(entries, 1))


NO_FEED = FeedHead()


@dataclass(frozen=True)
class Appended:
    """Events that were given a place, and the connections that listen to their campaign."""

    events: Sequence[FeedEvent]
    listeners: Sequence[str]


def make_entry(event: Event) -> FeedEntry:
    """The entry of one of the events SHOWN; `data.occurred_at` is when it happened, by the clock of its producer."""
    kind, shown = SHOWN[type(event)]
    meta = event.metadata
    data = event.model_dump(mode="json", include={"data": shown}, exclude_none=True)["data"]
    return FeedEntry(
        type=kind,
        id=meta.event_id,
        campaign_id=meta.campaign_id,
        turn_id=meta.turn_id,
        data={**data, "occurred_at": meta.occurred_at.isoformat()},
    )


def resolved_entry(committed: TurnCommitted) -> FeedEntry | None:
    """The entry that the event of this turn makes; None when the campaign did not say what is in it."""
    if committed.headline is None:
        return None
    kind, shown = SHOWN[TurnResolvedV1]
    state, headline = committed.sheet.state, committed.headline
    told = {
        **committed.model_dump(mode="json", include={"number", "version"}),
        **headline.model_dump(mode="json", include={"totals", "refusals"}),
        "told_by": committed.telling.told_by,
        "level": state.character.level,
        "lives": state.character.lives,
        "status": state.status,
        "ending": state.ending,
    }
    data = {name: value for name, value in told.items() if name in shown and value is not None}
    return FeedEntry(
        type=kind,
        id=headline.event_id,
        campaign_id=committed.envelope.campaign_id,
        turn_id=committed.envelope.turn_id,
        data={**data, "occurred_at": committed.resolved_at.isoformat()},
    )
