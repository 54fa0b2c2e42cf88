"""Records of the gateway: a campaign's gate, its turns, and the keys clients used."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from contracts.chaos import Sabotage
from contracts.envelope import CampaignId, Envelope, Event, TurnId
from contracts.gateway import PlayTurn
from contracts.playerapi import Turn
from services.gateway.domain.feed import NO_FEED, FeedHead
from services.gateway.domain.spending import notice_had, notice_spent

if TYPE_CHECKING:
    from contracts.dm import Usage
    from contracts.gateway import TurnClosed
    from contracts.playerapi import FeedEvent, Notice
    from services.gateway.domain.purses import Charge, Purse
    from services.gateway.domain.quotas import Quota

RESTART_AFTER = timedelta(seconds=10)
"""A turn that is still only accepted after this long may have lost its start: a repeated request starts it again.
Long enough that a double click does not, short enough that a client which retries after a crash is helped."""

Status = Literal["accepted", "running", "resolved", "failed"]
GateStatus = Literal["active", "ended", "erased"]


class TurnErased(Exception):
    """The turn is gone with its campaign, and nothing comes of it any more."""


class NotStarted(Exception):
    """The workflow did not take the turn. The turn stays accepted."""


@dataclass(frozen=True)
class WorkflowOutcome:
    """A workflow that was waited for: whether it has ended, and how it closed the turn, if it did."""

    ended: bool
    closed: TurnClosed | None = None


@dataclass(frozen=True)
class Gate:
    """A campaign as admission sees it: whose it is, and whether a turn may begin. `sequence` counts its events.

    `held` is what its last turn holds of a purse since the day `held_on`; what that turn cost is there once it has
    ended, if anybody knows it.
    """

    campaign_id: CampaignId
    owner: str
    status: GateStatus = "active"
    turns_resolved: int = 0
    sequence: int = 0
    active_turn: TurnId | None = None
    held: int | None = None
    held_on: str | None = None
    spent_micro_dollars: int | None = None
    spent_tokens: int | None = None

    def after(self, usage: Usage) -> Gate:
        """The gate when a turn that holds something has used this."""
        if not self.held:
            return self
        tokens = usage.input_tokens + usage.output_tokens + usage.cache_read_tokens
        return replace(self, spent_micro_dollars=usage.micro_dollars, spent_tokens=tokens)


@dataclass(frozen=True)
class KeyRecord:
    """The use of a client's key. `answer` is kept for what cannot be looked up again as it was."""

    fingerprint: str
    answer: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class TurnRecord:
    """A turn from acceptance to its end. `view` is the finished Turn as JSON, `ordinal` its place among all turns,
    `resolved` how many were before it.

    `told` is what the player knows of the story while the turn runs; once it has ended, the view holds all of it. Of a
    `quiet` one nothing is told before: when it was admitted nobody listened, and its client waits for the end. A
    `frugal` one was admitted when the day's money was spent, or its player `had_share` of it: no model is asked.
    """

    turn_id: TurnId
    campaign_id: CampaignId
    owner: str
    action: str
    fingerprint: str
    ordinal: int
    accepted_at: datetime
    restart_at: datetime
    status: Status = "accepted"
    traceparent: str | None = None
    number: int | None = None
    chaos: Sabotage | None = None
    quiet: bool = False
    frugal: bool = False
    had_share: bool = False
    resolved: int | None = None
    told: str | None = field(default=None, repr=False)
    view: str | None = field(default=None, repr=False)

    @property
    def finished(self) -> bool:
        return self.status in ("resolved", "failed")

    @property
    def notice(self) -> Notice | None:
        """The notice for its player."""
        if not self.frugal:
            return None
        return notice_had(self.accepted_at) if self.had_share else notice_spent(self.accepted_at)

    def envelope(self, step: str) -> Envelope:
        """The envelope of a step of this turn; the workflow derives its own from the turn's."""
        return Envelope(
            idempotency_key=f"{self.turn_id}/{step}" if step else self.turn_id,
            correlation_id=self.turn_id,
            campaign_id=self.campaign_id,
            turn_id=self.turn_id,
            traceparent=self.traceparent,
            quiet=self.quiet,
        )

    def workflow_input(self) -> PlayTurn:
        return PlayTurn(
            envelope=self.envelope(""),
            owner=self.owner,
            action=self.action,
            chaos=self.chaos,
            turns_resolved=self.resolved,
            provider="understudy" if self.frugal else None,
        )

    def ended_as(self, closed: TurnClosed) -> TurnRecord:
        """As it is stored now, if the one who closed it says what is."""
        return replace(self, status=closed.status, number=closed.number, view=closed.turn, told=None)

    def json(self) -> str:
        """The turn as the player reads it now."""
        if self.view:
            return self.view
        turn = Turn(
            id=self.turn_id,
            campaign_id=self.campaign_id,
            status=self.status,
            action=self.action,
            accepted_at=self.accepted_at,
            told=self.told,
            notice=self.notice,
        )
        return turn.model_dump_json()


@dataclass(frozen=True)
class RefusedStory:
    """A story that was not stored: the turn as it is, if it is at all."""

    turn: TurnRecord | None


@dataclass(frozen=True)
class Snapshot:
    """Everything an admission depends on, not read at one moment: whoever writes says what all of it must still be.
    `made`: how many of the quota were made."""

    key: KeyRecord | None
    gate: Gate | None
    turn: TurnRecord | None
    feed: FeedHead = NO_FEED
    spent: bool = False
    """Whether the day's money is spent."""
    made: int = 0
    purse: Purse | None = None
    """The purse that pays, where players have a share of the day's money."""


@dataclass(frozen=True)
class TurnToClose:
    """Everything the end of a turn depends on, not read at one moment, either."""

    turn: TurnRecord
    gate: Gate
    feed: FeedHead = NO_FEED


@dataclass(frozen=True)
class Admission:
    """The writes of a turn's admission, all of them or none. `gate` is the gate as it was seen, `told` the event at its
    place in the feed, `quota` what it is counted in, `charge` what it is charged."""

    gate: Gate
    turn: TurnRecord
    key: str
    event: Event
    told: FeedEvent
    quota: Quota | None = None
    charge: Charge | None = None


@dataclass(frozen=True)
class Closing:
    """The writes of a turn's end, all of them or none. `told` are the facts at their places in the feed: what the
    campaign committed, if it is new there, and that the turn ended."""

    gate: Gate
    turn: TurnRecord
    event: Event
    told: tuple[FeedEvent, ...]
    ended: bool = False
