"""campaign: the state of every campaign and the only place where it changes."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.canon import CatClass, EntityRef, Item, Manifest, Name, Opening, Place
from contracts.dm import Economy, GroundingReport, Usage
from contracts.effects import Consequence, Refused
from contracts.envelope import (
    Ancestor,
    CampaignId,
    Envelope,
    Event,
    Lineage,
    Message,
    PlayerId,
    Slug,
    Text,
    TurnId,
    Value,
)
from contracts.state import CampaignState, ContentLevel, Derived, Scene
from contracts.tools import Outcome, Roll

__all__ = [
    "CampaignCreated",
    "CampaignEndedV1",
    "CampaignErased",
    "CampaignErasedV1",
    "CampaignListed",
    "CampaignStartedV1",
    "CampaignViewed",
    "CreateCampaign",
    "DiceListed",
    "EffectsSettled",
    "EraseCampaign",
    "ForkCampaign",
    "ListCampaigns",
    "ListDice",
    "ListStandings",
    "OpenTurn",
    "PersistCampaign",
    "SettleEffects",
    "StandingsListed",
    "TurnCommitted",
    "TurnOpened",
    "TurnResolvedV1",
    "TurnVoided",
    "ViewCampaign",
    "VoidTurn",
]


class Settled(Value):
    """An outcome after the fold: applied whole, or refused whole with the reason."""

    outcome: Outcome
    applied: bool
    refused: Refused | None = None
    consequences: tuple[Consequence, ...] = Field(default=(), max_length=8, description="What followed from it.")


class RecentTurn(Value):
    """A resolved turn, as the story remembers it word for word."""

    number: int = Field(ge=1)
    action: Text
    narrative: Text


class Sheet(Value):
    """What the player sees of the campaign: the state and the figures derived from it, without the seed."""

    state: CampaignState
    derived: Derived


class CreateCampaign(Message):
    """Start a campaign. The same campaign id again gives the campaign that was started first."""

    envelope: Envelope
    owner: PlayerId
    name: Name
    cat: CatClass
    items: tuple[Item, ...] = Field(default=(), max_length=8, description="What the class starts with.")
    world: Manifest
    start: Place
    haven: EntityRef
    content: ContentLevel | None = Field(default=None, description="What its story may hold; None: the usual.")


class ForkCampaign(Message):
    """Start a campaign from another one as it was after a turn. The envelope's campaign id is the new one's; the same
    id again gives the fork that was started first. Its dice have a seed of their own."""

    envelope: Envelope
    owner: PlayerId
    origin: Ancestor


class CampaignCreated(Message):
    envelope: Envelope
    sheet: Sheet
    started_at: AwareDatetime
    lineage: Lineage = ()
    opening: Opening | None = Field(default=None, description="Told before the first turn; a fork has its parent's.")


class EraseCampaign(Message):
    """Erase what is kept of a campaign, for good: all but its events and how many they are. Ask until there is no
    `more`; what is erased already is no mistake."""

    envelope: Envelope


class CampaignErased(Message):
    envelope: Envelope
    more: bool = Field(default=False, description="Something is left: ask again.")
    about: tuple[Slug, ...] = Field(
        default=(), max_length=20_000, description="Once nothing is left: what the facts of its events are about."
    )


class ViewCampaign(Message):
    envelope: Envelope


class CampaignViewed(Message):
    envelope: Envelope
    owner: PlayerId
    sheet: Sheet
    started_at: AwareDatetime
    lineage: Lineage = ()
    opening: Opening | None = Field(default=None, description="Told before the first turn; a fork has its parent's.")


class ListDice(Message):
    """The dice of a campaign's resolved turns, oldest first."""

    envelope: Envelope
    after_turn: int = Field(default=0, ge=0)
    limit: int = Field(default=50, ge=1, le=100, description="Turns.")


class DiceOfTurn(Value):
    number: int = Field(ge=1)
    turn_id: TurnId
    rolls: tuple[Roll, ...] = Field(default=(), max_length=200)


class DiceListed(Message):
    """`seed` is absent until the campaign has ended; its SHA-256 was published when the campaign started."""

    envelope: Envelope
    owner: PlayerId
    commitment: str = Field(pattern=r"^[0-9a-f]{64}$")
    seed: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    turns: tuple[DiceOfTurn, ...] = Field(default=(), max_length=100)
    next_after: int | None = Field(default=None, ge=1, description="Ask again after this turn; None at the end.")
    lineage: Lineage = ()


class OpenTurn(Message):
    """Take the working copy for a turn: the state as it was committed, and a fresh budget."""

    envelope: Envelope
    turns_resolved: int | None = Field(default=None, ge=0, description="A hint: which turns were the last.")


class TurnBase(Value):
    """What a turn is committed on, as it is stored: for whoever commits it, unread by anybody between."""

    state: str = Field(min_length=1, description="The stored text.")
    owner: PlayerId
    seed: str = Field(pattern=r"^[0-9a-f]{64}$")
    started_at: AwareDatetime
    sequence: int = Field(ge=1, description="Of its last event.")
    spent_micro_dollars: int = Field(default=0, ge=0)


class TurnOpened(Message):
    envelope: Envelope
    number: int = Field(ge=1, description="The number the turn will have if it is committed.")
    base_version: int = Field(ge=1)
    scene: Scene
    opening: tuple[Consequence, ...] = Field(
        default=(), max_length=8, description="Of turns before time was a part of the round."
    )
    history: tuple[RecentTurn, ...] = Field(default=(), max_length=6)
    spent_micro_dollars: int = Field(default=0, ge=0, description="By the turns before this one.")
    lineage: Lineage = ()
    seed: str = Field(pattern=r"^[0-9a-f]{64}$", description="For the rules only: never for a model, never in a log.")
    base: TurnBase | None = Field(default=None, description="For the commit, which need not read it again.")


class SettleEffects(Message):
    """Fold outcomes, in call order, over the working copy. Writes nothing."""

    envelope: Envelope
    scene: Scene
    outcomes: tuple[Outcome, ...] = Field(max_length=12)


class EffectsSettled(Message):
    envelope: Envelope
    scene: Scene
    settled: tuple[Settled, ...] = Field(max_length=12)
    seen_changed: bool = Field(default=True, description="Whether lore has something else to say of this scene.")


class StageTrace(Value):
    """One step of a turn's workflow, as the player may see it behind the curtain."""

    stage: str = Field(min_length=1, max_length=64)
    attempts: int = Field(ge=1, description="1 when it worked at once.")
    milliseconds: int = Field(ge=0, description="From entering the state to leaving it, waits between tries included.")
    error: str | None = Field(default=None, max_length=128, description="The named error it gave up with.")


class Telling(Value):
    """The story of a turn and how it was made."""

    narrative: Text
    suggested_actions: tuple[str, ...] = Field(default=(), max_length=4)
    told_by: Literal["model", "understudy"]
    usage: Usage
    report: GroundingReport
    economy: Economy = "full"


class PersistCampaign(Message):
    """Commit a turn: whole, once, or not at all. Folds again from the stored state; trusts no working copy: a base that
    is given counts only while exactly that is stored."""

    envelope: Envelope
    base_version: int = Field(ge=1)
    base: TurnBase | None = None
    action: Text
    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=80, description="Of all rounds, in order.")
    telling: Telling


class TurnTotals(Value):
    """What a turn counted up to; the turn's own event carries it, so that lost progress events lose no fact."""

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
    """What a turn's event says to its player, for whoever tells them before the bus brings it."""

    event_id: str = Field(min_length=1, max_length=128)
    totals: TurnTotals
    refusals: tuple[Slug, ...] = Field(default=(), max_length=80)


class TurnCommitted(Message):
    """The turn as it was committed, whichever attempt it was."""

    envelope: Envelope
    number: int = Field(ge=1)
    version: int = Field(ge=1)
    settled: tuple[Settled, ...] = Field(default=(), max_length=80)
    opening: tuple[Consequence, ...] = Field(
        default=(), max_length=8, description="Of turns that began with a tick; later ones have none."
    )
    telling: Telling
    sheet: Sheet
    resolved_at: AwareDatetime
    headline: TurnHeadline | None = Field(default=None, description="Absent on turns of before it was told at once.")


class VoidTurn(Message):
    """Give a turn up for good, unless it was committed already."""

    envelope: Envelope
    reason: str = Field(max_length=128, description="The named error, or deadline.")


class TurnVoided(Message):
    """`committed` is the turn when it was too late to void it: then it is resolved, not failed."""

    envelope: Envelope
    committed: TurnCommitted | None = None


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
    """What was kept of a campaign is gone: its name, its texts, its state. Its events stay, and this is the last."""

    detail_type = "CampaignErased.v1"
    producer = "ninelives.campaign"
    data: CampaignErasedData
