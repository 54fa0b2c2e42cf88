"""Opening, settling and committing turns."""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.campaign.events import TurnHeadline
from contracts.campaign.sheet import RecentTurn, Sheet
from contracts.dm.reports import Economy, GroundingReport, Usage
from contracts.effects import Consequence, Refused
from contracts.envelope import Envelope, Lineage, Message, PlayerId, Text, Value
from contracts.state import Scene
from contracts.tools.outcomes import Outcome


class Settled(Value):
    """An outcome after the fold: applied whole, or refused whole with the reason."""

    outcome: Outcome
    applied: bool
    refused: Refused | None = None
    consequences: tuple[Consequence, ...] = Field(default=(), max_length=8, description="What followed from it.")


class OpenTurn(Message):
    """Take the working copy for a turn: the state as it was committed, and a fresh budget."""

    envelope: Envelope
    turns_resolved: int | None = Field(default=None, ge=0, description="A hint: which turns were the last.")


class TurnBase(Value):
    """The base that a turn is committed on, as it is stored: for whoever commits it, unread by anybody between."""

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


class TurnVoided(Message):
    """`committed` is the turn when it was too late to void it: then it is resolved, not failed."""

    envelope: Envelope
    committed: TurnCommitted | None = None
    reason: str | None = Field(
        default=None, max_length=128, description="The reason of whoever gave it up first; absent when nobody could."
    )
