"""Lists of campaigns, and who is best."""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.canon.figures import EntityRef, Name
from contracts.envelope import Ancestor, CampaignId, Message, PlayerId, Slug, Value


class CampaignSummary(Value):
    """A line of a player's list of campaigns: a projection, a moment behind the campaign itself."""

    campaign_id: CampaignId
    name: Name
    class_name: Name
    world: Slug
    status: Literal["active", "ended"]
    turn: int = Field(ge=0)
    level: int = Field(ge=1)
    lives: int = Field(ge=0, le=9)
    place: EntityRef
    ending: Slug | None = None
    started_at: AwareDatetime
    updated_at: AwareDatetime
    forked_from: Ancestor | None = None


class ListCampaigns(Message):
    """A player's campaigns, last touched first. Needs no envelope: it belongs to no campaign."""

    owner: PlayerId
    limit: int = Field(default=20, ge=1, le=100)
    cursor: str | None = Field(default=None, max_length=512)


class CampaignListed(Message):
    items: tuple[CampaignSummary, ...] = Field(max_length=100)
    next_cursor: str | None = None


class Standing(Value):
    """A line of the leaderboard. Whose cat it is, and what it is called, only its own player sees."""

    rank: int = Field(ge=1)
    class_name: Name
    level: int = Field(ge=1)
    lives: int = Field(ge=0, le=9)
    turn: int = Field(ge=0)
    status: Literal["active", "ended"]
    ending: Slug | None = None
    campaign_id: CampaignId | None = Field(default=None, description="Of the asking player's own.")
    name: Name | None = Field(default=None, description="Of the asking player's own.")


class ListStandings(Message):
    """The best of a world: highest level, then most lives, then fewest turns. Forks do not rank."""

    viewer: PlayerId
    world: Slug
    limit: int = Field(default=20, ge=1, le=100)


class StandingsListed(Message):
    items: tuple[Standing, ...] = Field(default=(), max_length=100)
