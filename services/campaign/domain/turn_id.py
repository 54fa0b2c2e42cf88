"""The turn a request belongs to."""

from __future__ import annotations

from contracts.envelope import Envelope
from contracts.errors import InvalidRequest


def turn_id_of(envelope: Envelope) -> str:
    """The id of the turn. Raises InvalidRequest for an envelope outside one."""
    if envelope.turn_id is None:
        raise InvalidRequest("a turn needs its id")
    return envelope.turn_id
