"""The world as a player may know it before starting."""

from pydantic import Field

from contracts.canon.cats import CatClass, Item, Manifest
from contracts.canon.figures import EntityRef
from contracts.canon.places import Place
from contracts.envelope import Message, Slug


class DescribeWorld(Message):
    """Describe the world as a player may know it before starting. Needs no envelope: it is the same for everybody."""

    world: Slug | None = Field(default=None, description="None is the pack this deployment plays.")


class WorldDescribed(Message):
    manifest: Manifest
    classes: tuple[CatClass, ...] = Field(min_length=1, max_length=12)
    places: tuple[EntityRef, ...] = Field(max_length=64, description="Those everybody has heard of.")
    start: Place
    haven: EntityRef
    items: tuple[Item, ...] = Field(max_length=64, description="Every item a class starts with.")
