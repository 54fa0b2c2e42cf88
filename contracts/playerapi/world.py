"""The world as one may know it before starting."""

from pydantic import Field

from contracts.canon.cats import CatClass
from contracts.canon.figures import EntityRef
from contracts.envelope import Message, Slug, Value
from contracts.state import CONTENT_LEVELS


class Disclosure(Value):
    """A statement that stories are made by a machine. To be shown before the first turn, and wherever a story is shown
    or shared (Regulation (EU) 2024/1689, article 50)."""

    text: str = Field(description="In words for the player.")
    source_types: dict[str, str] = Field(
        description="For each `told_by` of a turn what its story is, for machines: IPTC's digital source type."
    )


class ContentChoice(Value):
    """A level of content that a campaign may ask for (`NewCampaign.content`)."""

    id: str = Field(json_schema_extra={"x-extensible-enum": list(CONTENT_LEVELS)})
    name: str
    text: str = Field(description="What it means, in words for the player.")
    usual: bool = Field(default=False, description="What a campaign has that asks for none.")


class World(Message):
    """The world as one may know it before starting."""

    id: Slug
    name: str
    version: str
    tone: str
    premise: str
    classes: tuple[CatClass, ...]
    places: tuple[EntityRef, ...]
    disclosure: Disclosure | None = Field(default=None, description="Who tells the stories here.")
    content: tuple[ContentChoice, ...] = Field(default=(), description="What stories may hold here, strictest first.")
