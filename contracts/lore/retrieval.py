"""Retrieving what a turn needs to know."""

from pydantic import Field

from contracts.envelope import Envelope, Message, Text
from contracts.lore.briefing import Briefing, Passage
from contracts.lore.figures import CanonSlice
from contracts.state import Scene


class RetrieveLore(Message):
    """Find what a turn needs to know of the world. Passages are ranked by words: no model is asked."""

    envelope: Envelope
    action: Text
    scene: Scene


class LoreRetrieved(Message):
    envelope: Envelope
    canon: CanonSlice
    briefing: Briefing
    passages: tuple[Passage, ...] = Field(default=(), max_length=8)
    common: str = Field(max_length=16_000, description="What every citizen knows: the same bytes on every turn.")
    names: tuple[str, ...] = Field(default=(), max_length=400, description="Every public name; a story may use them.")
    guarded: tuple[str, ...] = Field(default=(), max_length=200, description="Names that must not be spoken yet.")
