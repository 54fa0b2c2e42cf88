"""Writing the answer of a turn."""

from pydantic import Field

from contracts.campaign.sheet import StageTrace
from contracts.campaign.turns import TurnCommitted
from contracts.envelope import Envelope, Message


class FormatResponse(Message):
    """Write the answer the player reads, and let the campaign take its next turn."""

    envelope: Envelope
    committed: TurnCommitted
    trace: tuple[StageTrace, ...] = Field(default=(), max_length=200)
