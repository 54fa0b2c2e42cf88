"""Giving a turn up."""

from pydantic import Field

from contracts.envelope import Envelope, Message


class VoidTurn(Message):
    """Give a turn up for good, unless it was committed already."""

    envelope: Envelope
    reason: str = Field(max_length=128, description="The named error, or deadline.")
