"""Intents, and what the rules make of them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from contracts.canon.figures import EntityRef
from contracts.effects import Proposal
from contracts.envelope import Value
from contracts.tools.rolls import Refusal, Roll

Fact = Annotated[str, Field(max_length=500)]
"""A plain sentence about what happened; every number in it is a roll's or an effect's."""


class ToolCall(Value):
    """An intent proposed by a game master. `arguments` holds ids and words, never a quantity."""

    call_id: str = Field(min_length=1, max_length=128, description="The provider's own id, echoed back to it.")
    name: str = Field(pattern=r"^[a-z][a-z_]{0,63}$")
    arguments: dict[str, Any] = Field(default_factory=dict)


class Outcome(Value):
    """The rules' verdict on one intent: done with effects, or refused with a reason and without any."""

    key: str = Field(min_length=1, max_length=256, description="The step: turn/round/call-index.")
    call: ToolCall
    verdict: Literal["done", "refused"]
    refusal: Refusal | None = None
    rolls: tuple[Roll, ...] = Field(default=(), max_length=24)
    effects: tuple[Proposal, ...] = Field(default=(), max_length=32)
    facts: tuple[Fact, ...] = Field(default=(), max_length=24, description="What happened, one plain sentence each.")
    mentions: tuple[EntityRef, ...] = Field(default=(), max_length=32, description="What these facts may name.")
