"""The dice of a campaign."""

from pydantic import Field

from contracts.envelope import Envelope, Lineage, Message, PlayerId, TurnId, Value
from contracts.tools.rolls import Roll


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
