"""A story while it is told."""

from contracts.envelope import Envelope, Message, Text


class NarrativeTold(Message):
    """The beginning of a turn's story, told while the master still speaks: sentences that were checked and stand.

    Each message holds all that was told so far, so that one that is lost or late is made up for by the next. It goes
    to the player's line by a queue of its own and never over the bus: events carry no story.
    """

    envelope: Envelope
    told: Text
