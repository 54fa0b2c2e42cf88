"""Events of campaign."""

from typing import Any, Literal

from pydantic import Field

from contracts.canon.figures import EntityRef
from contracts.envelope import Ancestor, Event, PlayerId, Slug, Value
from contracts.tools.rolls import Roll


class TurnTotals(Value):
    """A turn's totals; the turn's own event carries them, so that lost progress events lose no fact."""

    tool_calls: int = Field(ge=0)
    refusals: int = Field(ge=0)
    rolls: int = Field(ge=0)
    model_calls: int = Field(ge=0)
    input_tokens: int = Field(ge=0)
    output_tokens: int = Field(ge=0)
    cached_tokens: int = Field(ge=0)
    micro_dollars: int = Field(ge=0)
    repairs: int = Field(ge=0)


class TurnHeadline(Value):
    """The player's part of a turn's event, for whoever tells them before the bus brings it."""

    event_id: str = Field(min_length=1, max_length=128)
    totals: TurnTotals
    refusals: tuple[Slug, ...] = Field(default=(), max_length=80)


class EffectRecord(Value):
    """An applied effect as a fact: its kind and its figures. Kinds will grow; readers skip those they do not know."""

    kind: str = Field(json_schema_extra={"x-extensible-enum": ["damaged", "healed", "item-gained", "moved"]})
    call: str = Field(description="Key of the outcome it belongs to, or the turn's opening.")
    detail: dict[str, Any] = Field(default_factory=dict)


class FactRecord(Value):
    """A sentence of the rules about what happened, and the ids it is about."""

    text: str = Field(max_length=500)
    about: tuple[Slug, ...] = Field(default=(), max_length=8)


class CampaignStartedData(Value):
    owner: PlayerId
    class_id: Slug
    world: Slug
    world_version: str
    seed_commitment: str
    state_hash: str
    summary: dict[str, Any] = Field(description="What lists show, without the name a player gave.")
    forked_from: Ancestor | None = Field(default=None, description="Of a fork; absent on an original.")


class CampaignStartedV1(Event):
    """A campaign began; its dice are committed to."""

    detail_type = "CampaignStarted.v1"
    producer = "ninelives.campaign"
    schema_version = "1.1"
    data: CampaignStartedData


class TurnResolvedData(Value):
    number: int = Field(ge=1)
    version: int = Field(ge=1)
    owner: PlayerId
    told_by: Literal["model", "understudy"]
    model: str | None = Field(default=None, max_length=200, description="The model that answered, if one did.")
    totals: TurnTotals
    effects: tuple[EffectRecord, ...] = Field(default=(), max_length=200)
    refusals: tuple[Slug, ...] = Field(default=(), max_length=80)
    rolls: tuple[Roll, ...] = Field(default=(), max_length=200)
    facts: tuple[FactRecord, ...] = Field(default=(), max_length=80, description="Of applied outcomes.")
    place: EntityRef
    level: int = Field(ge=1)
    lives: int = Field(ge=0, le=9)
    status: Literal["active", "ended"]
    ending: Slug | None = None
    state_hash: str = Field(description="SHA-256 of the canonical JSON of the state after the turn.")


class TurnResolvedV1(Event):
    """A turn was committed. Text stays in the campaign's table, under the turn id."""

    detail_type = "TurnResolved.v1"
    producer = "ninelives.campaign"
    data: TurnResolvedData


class CampaignEndedData(Value):
    owner: PlayerId
    ending: Slug
    turn: int = Field(ge=1)
    seed: str = Field(description="Published at the end: every roll can now be verified.")


class CampaignEndedV1(Event):
    """The story is over and the seed is public."""

    detail_type = "CampaignEnded.v1"
    producer = "ninelives.campaign"
    data: CampaignEndedData


class CampaignErasedData(Value):
    turn: int = Field(ge=0, description="How many turns its story had.")


class CampaignErasedV1(Event):
    """Everything kept of a campaign is gone: its name, its texts, its state. Its events stay, and this is the last."""

    detail_type = "CampaignErased.v1"
    producer = "ninelives.campaign"
    data: CampaignErasedData
