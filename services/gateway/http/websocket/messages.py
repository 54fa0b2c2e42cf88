"""What a client may say over its WebSocket: small JSON objects, bounded and strict."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt, TypeAdapter, ValidationError

from contracts.envelope import CampaignId
from contracts.playerapi import Body
from services.gateway.http import problems

MAX_BYTES = 32 * 1024
"""API Gateway closes a connection that sends a longer frame; a longer message may come in several."""


class Subscribe(Body):
    """Tell me of this campaign; first, what happened after `after_sequence`."""

    type: Literal["subscribe"]
    campaign_id: CampaignId
    after_sequence: Annotated[StrictInt, Field(ge=0)] | None = None


class Ping(Body):
    """Are you there? Any message keeps a connection open; without one it ends after ten minutes."""

    type: Literal["ping"]


_MESSAGE: TypeAdapter[Subscribe | Ping] = TypeAdapter(Annotated[Subscribe | Ping, Field(discriminator="type")])


def read(text: str) -> Subscribe | Ping:
    """The message in a frame. Raises a Refusal that quotes nothing of it."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise problems.too_large(MAX_BYTES)
    try:
        return _MESSAGE.validate_python(_parsed(text))
    except ValidationError:
        told = 'Send {"type": "subscribe", "campaign_id": …} or {"type": "ping"}.'
        raise problems.refusal("unknown-message", 422, "Not understood", told) from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise problems.malformed("A message is one JSON object.") from None
