"""Events of tools."""

from typing import Literal

from pydantic import Field

from contracts.envelope import Event, Slug, Value
from contracts.tools.rolls import Roll


class ToolExecutedData(Value):
    tool: str
    verdict: Literal["done", "refused"]
    refusal: Slug | None = None
    rolls: int = Field(ge=0)
    effects: int = Field(ge=0)
    thrown: tuple[Roll, ...] = Field(default=(), max_length=24, description="As they fell; a player is `character`.")


class ToolExecutedV1(Event):
    """Progress: one intent went through the rules."""

    detail_type = "ToolExecuted.v1"
    producer = "ninelives.tools"
    schema_version = "1.1"
    data: ToolExecutedData


class WorldPlayedData(Value):
    acts: tuple[Slug, ...] = Field(default=(), max_length=12, description="Who acted: `enemy-turn`, `quest-progress` …")
    thrown: tuple[Roll, ...] = Field(default=(), max_length=24, description="As they fell; a player is `character`.")


class WorldPlayedV1(Event):
    """Progress: the world answered, and something happened."""

    detail_type = "WorldPlayed.v1"
    producer = "ninelives.tools"
    data: WorldPlayedData
