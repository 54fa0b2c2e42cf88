"""The cost of a telling, and the checks of it."""

from typing import Literal

from pydantic import Field

from contracts.envelope import Slug, Text, Value

GameMasterKind = Literal["model", "understudy"]


JudgeMode = Literal["off", "shadow", "gate"]
"""Whether a second reader is asked about sentences that the rules cannot read, and whether what it says counts."""


class Usage(Value):
    """Consumption of model calls. Micro-dollars are computed from a price table, not billed figures."""

    model: str | None = Field(default=None, max_length=200, description="The last model that answered.")
    prompt: str | None = Field(default=None, max_length=64, description="The fixed texts that it was asked with.")
    calls: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0, description="Not counting cached ones.")
    output_tokens: int = Field(default=0, ge=0)
    cache_read_tokens: int = Field(default=0, ge=0)
    cache_write_tokens: int = Field(default=0, ge=0)
    micro_dollars: int = Field(default=0, ge=0)


Economy = Literal["full", "short-context", "cheap-model", "understudy"]
"""Savings that a spending limit imposed on the game master: each step includes the ones before it."""


class Finding(Value):
    """Something in a reply that does not stand."""

    code: Slug
    subject: str = Field(max_length=200, description="The call, the name or the number it is about.")
    detail: Text


class BeatVerdict(Value):
    """The verdict on one beat, or on one sentence of a story in free text. `added`: a fact that the story left out."""

    kind: Literal["fact", "speech", "colour"]
    verdict: Literal["kept", "replaced", "dropped", "added"]
    rule: Slug | None = Field(default=None, description="Why it was not kept.")
    facts: tuple[str, ...] = Field(default=(), max_length=16, description="The facts that were told in its place.")
    told: int | None = Field(default=None, ge=0, description="Characters of the story that it came to.")


class JudgedSentences(Value):
    """Counts of sentences that a second reader was asked about and judged, and of those that `gate` keeps for it."""

    mode: JudgeMode
    asked: int = Field(ge=0)
    judged: int = Field(ge=0)
    kept: int = Field(ge=0, description="In `shadow`: would be kept.")


class GroundingReport(Value):
    """The checks of a turn's replies, their findings, and what was done about them."""

    checked: tuple[str, ...] = Field(default=(), max_length=40)
    findings: tuple[Finding, ...] = Field(default=(), max_length=40)
    repairs: int = Field(default=0, ge=0)
    resolution: Literal["clean", "repaired", "understudy"] = "clean"
    beats: tuple[BeatVerdict, ...] = Field(default=(), max_length=120, description="Of the story, in its order.")
    judged: JudgedSentences | None = Field(default=None, description="None: no second reader was asked.")
    opening: int | None = Field(
        default=None, ge=1, description="Characters of the story that were told before its beats, by an earlier reply."
    )
