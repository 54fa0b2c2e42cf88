"""Events of a campaign, as its player hears of them."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import CampaignId, Message, TurnId, Value
from contracts.playerapi.accounts import AccountExport
from contracts.playerapi.problem import Problem


class FeedEvent(Value):
    """Something that happened to a campaign, as its player may see it. New types will come; skip those you do not know.

    `sequence` counts without a gap per campaign, in the order in which things became known here. `data` names things by
    id and carries no story: that is in the turn.
    """

    v: Literal[1] = 1
    type: str = Field(
        json_schema_extra={
            "x-extensible-enum": [
                "campaign-started",
                "turn-accepted",
                "turn-resolved",
                "turn-answered",
                "turn-failed",
                "campaign-ended",
            ]
        }
    )
    id: str = Field(description="Of the event: a second copy has the same.")
    campaign_id: CampaignId
    turn_id: TurnId | None = None
    sequence: int = Field(ge=1)
    sent_at: AwareDatetime
    data: dict[str, Any] = Field(default_factory=dict)


class ProgressEvent(Value):
    """A step of a running turn, told to whoever listens while it happens: best effort, in no feed and in no order.

    It may come twice, late, or not at all; `data.occurred_at` says when it was. New types will come; skip those you do
    not know.
    """

    v: Literal[1] = 1
    type: str = Field(
        json_schema_extra={
            "x-extensible-enum": ["lore-found", "master-answered", "master-failed", "tool-executed", "world-played"]
        }
    )
    id: str = Field(description="Of the event: a second copy has the same.")
    campaign_id: CampaignId
    turn_id: TurnId | None = None
    sent_at: AwareDatetime
    data: dict[str, Any] = Field(default_factory=dict)


class FeedPage(Message):
    """Events after a sequence, oldest first. `next_after` is where to go on from here."""

    items: tuple[FeedEvent, ...] = ()
    next_after: int = Field(ge=0)
    more: bool = Field(description="Whether there is more already.")


class SocketMessage(Message):
    """A message over the WebSocket: `event` carries a FeedEvent, `progress` steps of a running turn, `narration` its
    story as far as it is told, `export` an archive that is ready, without its link; the others answer what the client
    sent. New types will come; skip those you do not know.
    """

    v: Literal[1] = 1
    type: str = Field(
        json_schema_extra={
            "x-extensible-enum": ["event", "progress", "narration", "export", "subscribed", "pong", "problem"]
        }
    )
    event: FeedEvent | None = None
    progress: tuple[ProgressEvent, ...] | None = Field(default=None, description="Of `progress`: what came together.")
    campaign_id: CampaignId | None = None
    turn_id: TurnId | None = Field(default=None, description="Of `narration`.")
    told: str | None = Field(
        default=None, description="Of `narration`: the beginning of the turn's story, all of it so far. See Turn.told."
    )
    last_sequence: int | None = Field(default=None, ge=0, description="Of `subscribed`: the campaign's newest event.")
    problem: Problem | None = None
    export: AccountExport | None = Field(default=None, description="Of `export`.")


class Ticket(Message):
    """Opens one WebSocket, once, within a minute: connect to `url`."""

    ticket: str
    url: str
    expires_at: AwareDatetime
