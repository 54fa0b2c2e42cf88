"""Events of dm."""

from pydantic import Field

from contracts.dm.reports import GameMasterKind, Usage
from contracts.envelope import Event, Slug, Value


class DungeonMasterRespondedData(Value):
    told_by: GameMasterKind
    stop: str
    calls: int = Field(ge=0)
    usage: Usage
    claims: tuple[Slug, ...] = Field(
        default=(), max_length=16, description="What the player's words tried besides playing. Codes, never the words."
    )


class DungeonMasterRespondedV1(Event):
    """Progress: a game master answered."""

    detail_type = "DungeonMasterResponded.v1"
    producer = "ninelives.dm"
    data: DungeonMasterRespondedData


class DungeonMasterFailedData(Value):
    asked: GameMasterKind
    error: str = Field(max_length=64, description="The named error, as the workflow sees it.")


class DungeonMasterFailedV1(Event):
    """Progress: an attempt to get an answer failed. The workflow tries again, or the understudy steps in."""

    detail_type = "DungeonMasterFailed.v1"
    producer = "ninelives.dm"
    data: DungeonMasterFailedData
