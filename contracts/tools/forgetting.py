"""Forgetting what is kept of turns."""

from pydantic import Field

from contracts.envelope import Envelope, Message, TurnId


class ForgetOutcomes(Message):
    """Delete the outcomes that are kept for the repeats of these turns' steps."""

    envelope: Envelope
    turns: tuple[TurnId, ...] = Field(max_length=25)


class OutcomesForgotten(Message):
    envelope: Envelope
