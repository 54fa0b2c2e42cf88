"""Dice as they fell, and refusals."""

from typing import Literal

from pydantic import Field

from contracts.canon.figures import Name
from contracts.envelope import Slug, Text, Value

MOST_CALLS = 5
"""Calls of tools in a round."""


class RollModifier(Value):
    name: Name
    amount: int


class Roll(Value):
    """Dice, derived and not drawn: HMAC-SHA256(seed, key), so that anybody with the seed can repeat it."""

    key: str = Field(min_length=1, max_length=256, description="turn/round/call-index/roll-index.")
    purpose: str = Field(max_length=80, description='"attack", "damage", "whiskers check" …')
    roller: str = Field(default="character", max_length=80)
    count: int = Field(ge=1, le=40)
    sides: int = Field(ge=2, le=100)
    faces: tuple[int, ...] = Field(min_length=1, max_length=40, description="Every die, in order.")
    kept: tuple[int, ...] = Field(min_length=1, max_length=40, description="Those that count (edge drops one).")
    modifiers: tuple[RollModifier, ...] = ()
    total: int
    target: int | None = None
    outcome: Literal["critical", "success", "failure", "fumble"] | None = None


class Refusal(Value):
    """No, and what would be possible instead."""

    code: Slug
    rule: Text = Field(description="The rule that says so.")
    message: Text = Field(description="For the story: what stands in the way.")
    legal: tuple[str, ...] = Field(default=(), max_length=24, description="Ids or intents that would be taken.")


CANNOT_ACT = "cannot-act"
"""Code of the refusal that costs the turn: a condition takes it away from whoever tries something."""
