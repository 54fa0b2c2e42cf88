"""Events of lore."""

from pydantic import Field

from contracts.envelope import Event, Slug, Value


class LoreRetrievedData(Value):
    place: Slug
    passages: int = Field(ge=0)
    candidates: int = Field(ge=0, description="Documents that shared a word with the action.")


class LoreRetrievedV1(Event):
    """Progress: the lore for a round of a turn was found."""

    detail_type = "LoreRetrieved.v1"
    producer = "ninelives.lore"
    data: LoreRetrievedData
