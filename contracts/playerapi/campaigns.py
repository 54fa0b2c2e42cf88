"""Campaigns, their dice and who is best."""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.campaign.dice import DiceOfTurn
from contracts.campaign.lists import CampaignSummary, Standing
from contracts.campaign.sheet import Sheet
from contracts.envelope import Ancestor, CampaignId, Message, Slug, Text, TurnId


class Campaign(Message):
    id: CampaignId
    status: Literal["active", "ended"]
    turn: int = Field(ge=0, description="Turns resolved so far; the next one is this plus one.")
    version: int = Field(ge=1, description="Also the ETag: v<version>.")
    active_turn: TurnId | None = Field(default=None, description="A turn in progress.")
    sheet: Sheet
    started_at: AwareDatetime
    forked_from: Ancestor | None = Field(default=None, description="Of a fork: where its past is told.")
    opening: Text | None = Field(default=None, description="How its story begins, before turn 1.")
    suggested_actions: tuple[str, ...] = Field(default=(), description="What could be done in turn 1; empty after it.")


class CampaignPage(Message):
    """A page of one's campaigns, last touched first. Answered from a projection: a moment behind."""

    items: tuple[CampaignSummary, ...]
    next_cursor: str | None = None


class Dice(Message):
    """The proof of a campaign's dice: every roll, and the seed once the campaign has ended."""

    campaign_id: CampaignId
    commitment: str = Field(description="SHA-256 of the seed's 32 bytes, in hex; published when the campaign started.")
    seed: str | None = Field(default=None, description="In hex; absent while the campaign goes on.")
    turns: tuple[DiceOfTurn, ...] = ()
    next_after: int | None = Field(default=None, description="Ask again with after_turn=<this>; None at the end.")
    forked_from: Ancestor | None = Field(default=None, description="Of a fork: whose dice the turns before were.")


class Leaderboard(Message):
    """The best campaigns of a world: highest level, then most lives, then fewest turns. Nobody's name but yours."""

    world: Slug
    items: tuple[Standing, ...] = ()
