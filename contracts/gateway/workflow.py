"""Playing a turn and closing it."""

from typing import Literal

from pydantic import Field

from contracts.campaign.sheet import StageTrace
from contracts.chaos import Sabotage
from contracts.dm.reports import GameMasterKind, Usage
from contracts.envelope import Envelope, Message, PlayerId, Text


class PlayTurn(Message):
    """Input of the turn workflow: an admitted turn."""

    envelope: Envelope
    owner: PlayerId
    action: Text
    chaos: Sabotage | None = Field(default=None, description="What to break on purpose in this turn.")
    turns_resolved: int | None = Field(default=None, ge=0, description="Before this one, as far as the gateway knows.")
    provider: GameMasterKind | None = Field(
        default=None, description="Who tells it; None: the model, where there is one."
    )


class FailTurn(Message):
    """Close a turn that could not be played. It changed nothing, and the player may act again."""

    envelope: Envelope
    error: str = Field(max_length=256, description="The named error that ended it.")
    cause: str = Field(default="", max_length=2000, description="For operators; never shown to players.")
    stage: str = Field(default="unknown", max_length=64)
    usage: Usage = Field(default=Usage.model_construct(), description="What was spent on it all the same.")
    trace: tuple[StageTrace, ...] = Field(default=(), max_length=200)


class TurnClosed(Message):
    """The terminal state of a turn. Closing it again, in whichever way, answers how it was closed first."""

    envelope: Envelope
    status: Literal["resolved", "failed"]
    number: int | None = Field(default=None, ge=1, description="Of a resolved turn.")
    turn: str | None = Field(default=None, description="As it is stored for the player to read: JSON.")
