"""The WebSocket of the player API: what a client may say, small JSON objects, bounded and strict."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt, TypeAdapter, ValidationError

from contracts.envelope import CampaignId
from contracts.playerapi import Body, SocketMessage
from services.gateway.application.live import connections
from services.gateway.application.live.ports import LiveDependencies
from services.gateway.application.live.pushing import send
from services.gateway.domain.rejections import Rejection
from services.gateway.http import problems

MAX_BYTES = 32 * 1024
"""API Gateway closes a connection that sends a longer frame; a longer message may come in several."""


class Subscribe(Body):
    """Listen to a campaign; first, what happened after `after_sequence`."""

    type: Literal["subscribe"]
    campaign_id: CampaignId
    after_sequence: Annotated[StrictInt, Field(ge=0)] | None = None


class Ping(Body):
    """Any message keeps a connection open; without one it ends after ten minutes."""

    type: Literal["ping"]


_MESSAGE: TypeAdapter[Subscribe | Ping] = TypeAdapter(Annotated[Subscribe | Ping, Field(discriminator="type")])


def connect(connection: str, ticket: str | None, deps: LiveDependencies) -> int:
    """200 for a ticket that is still good; it is not, afterwards. 401 for everything else."""
    return 200 if connections.open_connection(connection, ticket, deps) else 401


def disconnect(connection: str, deps: LiveDependencies) -> int:
    connections.close_connection(connection, deps)
    return 200


def receive(connection: str, text: str, deps: LiveDependencies) -> int:
    """Answer a message. What is wrong with one is answered, too, and the connection stays."""
    try:
        message = parse(text)
        if isinstance(message, Subscribe):
            connections.subscribe(connection, message.campaign_id, message.after_sequence, deps)
        else:
            send(SocketMessage(type="pong"), connection, deps)
    except (problems.ProblemError, Rejection) as error:
        refused = problems.to_problem(error) if isinstance(error, Rejection) else error
        send(SocketMessage(type="problem", problem=refused.problem), connection, deps)
    return 200


def parse(text: str) -> Subscribe | Ping:
    """The message in a frame. Raises a ProblemError that quotes nothing of it."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise problems.TOO_LARGE.error(limit=MAX_BYTES)
    try:
        return _MESSAGE.validate_python(_load(text))
    except ValidationError:
        raise problems.UNKNOWN_MESSAGE.error() from None


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise problems.MALFORMED.error(reason="A message is one JSON object.") from None
