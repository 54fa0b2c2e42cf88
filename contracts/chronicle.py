"""chronicle: what a story remembers beyond the last turns. Facts are kept as they were told, never summed up."""

from pydantic import Field

from contracts.canon.figures import EntityRef
from contracts.envelope import Envelope, Lineage, Message, Slug, Text, Value

__all__ = [
    "ChronicleErased",
    "ChronicleRecalled",
    "EraseChronicle",
    "RecallChronicle",
]


class Memory(Value):
    """A fact of an earlier turn, in the words of the rules that established it."""

    turn: int = Field(ge=1)
    text: str = Field(max_length=500)
    about: tuple[Slug, ...] = Field(default=(), max_length=8, description="Ids of what it is about.")


class RecallChronicle(Message):
    """Find what the story knows of what this action touches, by a bounded number of reads however long it is."""

    envelope: Envelope
    action: Text
    present: tuple[EntityRef, ...] = Field(default=(), max_length=64, description="Who and what is here.")
    before_turn: int = Field(ge=1, description="Facts of this turn and later ones are left out.")
    lineage: Lineage = ()


class ChronicleRecalled(Message):
    """Oldest first."""

    envelope: Envelope
    memories: tuple[Memory, ...] = Field(default=(), max_length=16)


class EraseChronicle(Message):
    """Erase all that is filed of a campaign. Ask until there is no `more`; what is erased already is no mistake."""

    envelope: Envelope
    about: tuple[Slug, ...] = Field(default=(), max_length=20_000, description="All that its facts are about.")


class ChronicleErased(Message):
    envelope: Envelope
    more: bool = Field(default=False, description="Something is left: ask again.")
