"""Turns as their player reads them."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from contracts.campaign.sheet import Sheet, StageTrace
from contracts.dm.reports import Economy, GroundingReport, Usage
from contracts.envelope import CampaignId, Message, TurnId, Value
from contracts.gateway.events import REASONS_TO_REPORT
from contracts.playerapi.problem import Problem
from contracts.tools.rolls import Refusal, Roll


class EffectView(Value):
    """An effect as the player sees it."""

    kind: str
    call: str
    detail: dict[str, Any] = Field(default_factory=dict)


class RefusalView(Value):
    tool: str
    refusal: Refusal


class Notice(Value):
    """Something about a turn that its player should be told, in plain words."""

    code: str = Field(json_schema_extra={"x-extensible-enum": ["day-ceiling", "day-share"]})
    text: str
    until: AwareDatetime | None = Field(default=None, description="When it is over.")


class Turn(Message):
    """A turn: accepted, running, resolved or failed. A finished one never changes."""

    id: TurnId
    campaign_id: CampaignId
    status: Literal["accepted", "running", "resolved", "failed"]
    action: str
    accepted_at: AwareDatetime
    number: int | None = Field(default=None, ge=1)
    told: str | None = Field(
        default=None,
        description="While it runs: the beginning of the story, as far as it is told. It only grows, and the narrative"
        " of the resolved turn begins with it.",
    )
    narrative: str | None = None
    suggested_actions: tuple[str, ...] = ()
    rolls: tuple[Roll, ...] = ()
    effects: tuple[EffectView, ...] = ()
    refusals: tuple[RefusalView, ...] = ()
    campaign: Sheet | None = Field(default=None, description="The sheet after the turn.")
    trace: tuple[StageTrace, ...] = ()
    usage: Usage | None = None
    report: GroundingReport | None = None
    told_by: Literal["model", "understudy"] | None = Field(
        default=None, description="Always a machine: a language model, which `usage.model` names, or a program."
    )
    economy: Economy | None = Field(default=None, description="How far a spending limit made the master save.")
    notice: Notice | None = Field(default=None, description="Why it is told otherwise than usual, from the beginning.")
    resolved_at: AwareDatetime | None = None
    problem: Problem | None = Field(default=None, description="Why a failed turn failed.")


class Report(Message):
    """A turn whose story was reported. It is looked at by whoever runs this deployment."""

    campaign_id: CampaignId
    turn_id: TurnId
    reason: str = Field(json_schema_extra={"x-extensible-enum": list(REASONS_TO_REPORT)})
    reported_at: AwareDatetime


class TurnPage(Message):
    """A page of a campaign's turns, newest first."""

    items: tuple[Turn, ...] = ()
    next_before: TurnId | None = Field(default=None, description="Ask again with before=<this>; None at the end.")
