"""Forgetting what is kept of turns."""

from pydantic import Field

from contracts.envelope import Envelope, Message, TurnId


class ForgetReplies(Message):
    """Delete the replies and verdicts that are kept for the repeats of these turns' steps."""

    envelope: Envelope
    turns: tuple[TurnId, ...] = Field(max_length=25)


class RepliesForgotten(Message):
    envelope: Envelope
