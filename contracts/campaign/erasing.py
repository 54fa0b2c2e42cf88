"""Erasing a campaign."""

from pydantic import Field

from contracts.envelope import Envelope, Message, Slug


class EraseCampaign(Message):
    """Erase what is kept of a campaign, for good: all but its events and how many they are. Ask until there is no
    `more`; what is erased already is no mistake."""

    envelope: Envelope


class CampaignErased(Message):
    envelope: Envelope
    more: bool = Field(default=False, description="Something is left: ask again.")
    about: tuple[Slug, ...] = Field(
        default=(), max_length=20_000, description="Once nothing is left: what the facts of its events are about."
    )
