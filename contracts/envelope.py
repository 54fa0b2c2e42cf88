"""The parts every message shares: identifiers, the envelope, and the shape of an event."""

from datetime import datetime
from operator import not_
from typing import Annotated, ClassVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from contracts.errors import InvalidRequest

__all__ = [
    "Ancestor",
    "CampaignId",
    "Envelope",
    "Event",
    "EventMetadata",
    "IdempotencyKey",
    "Lineage",
    "Message",
    "PlayerId",
    "Slug",
    "Text",
    "TurnId",
    "Value",
]

CampaignId = Annotated[str, StringConstraints(pattern=r"^c_[a-z2-7]{26}$")]
TurnId = Annotated[str, StringConstraints(pattern=r"^t_[a-z2-7]{26}$")]
PlayerId = Annotated[str, StringConstraints(min_length=1, max_length=128)]
"""The Cognito subject: opaque, and the only thing that says who a player is."""

IdempotencyKey = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""The id of a thing in a world pack, or of an instance of it ("rust-rat-2")."""

Text = Annotated[str, StringConstraints(max_length=4000)]
"""Prose for people. 4,000 characters bound every message that carries it."""


class Value(BaseModel):
    """An immutable value. Readers ignore fields they do not know, so that writers may add optional ones.

    What reads and writes it is made when it is first used: a function uses few of the kinds that its contracts name.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Ancestor(Value):
    """The source of a fork's past: the turns of another campaign up to and including this one (0: its beginning)."""

    campaign_id: CampaignId
    turn: int = Field(ge=0)


MOST_ANCESTORS = 4
"""The most ancestors of a fork: recalling its past reads each of them."""

Lineage = Annotated[tuple[Ancestor, ...], Field(max_length=MOST_ANCESTORS)]
"""Ancestors of a fork, oldest first: each tells the turns after its predecessor's last. Empty for an original."""


class Message(Value):
    """A value that crosses a service boundary on its own and therefore has a committed JSON Schema."""


class Envelope(Value):
    """Fields that travel with every command and reply of a turn.

    `idempotency_key` names the step, never its content: the same key asks for the same answer. Every key of a
    turn starts with the turn id, followed by the step's position ("t_…/0/2" is the third call of round 0).
    """

    idempotency_key: IdempotencyKey
    correlation_id: str = Field(min_length=1, max_length=128, description="The turn, or the request outside one.")
    campaign_id: CampaignId
    turn_id: TurnId | None = Field(default=None, description="Absent outside a turn.")
    traceparent: str | None = Field(default=None, max_length=128, description="W3C trace context.")
    quiet: bool = Field(
        default=False,
        description="Nobody looks on while the turn is played: nothing of it is told before its end.",
        exclude_if=not_,
    )

    def child(self, idempotency_key: str) -> "Envelope":
        """The envelope of a step that this one causes."""
        return self.model_copy(update={"idempotency_key": idempotency_key})

    @property
    def turn(self) -> TurnId:
        """The turn id, for a step that runs inside a turn. Raises InvalidRequest outside one: a bug in the sender."""
        if self.turn_id is None:
            raise InvalidRequest("a step of a turn needs turn_id in its envelope")
        return self.turn_id

    def metadata(
        self,
        kind: "type[Event]",
        *,
        event_id: str,
        now: datetime,
        stream: str,
        sequence: int | None = None,
        causation_id: str | None = None,
    ) -> "EventMetadata":
        """The metadata of an event that this step causes. `causation_id` is the step's own key unless given."""
        return EventMetadata(
            event_id=event_id,
            schema_version=kind.schema_version,
            occurred_at=now,
            producer=kind.producer,
            correlation_id=self.correlation_id,
            causation_id=causation_id or self.idempotency_key,
            idempotency_key=self.idempotency_key,
            campaign_id=self.campaign_id,
            turn_id=self.turn_id,
            stream=stream,
            sequence=sequence,
            traceparent=self.traceparent,
            quiet=True if self.quiet and sequence is None else None,
        )


class EventMetadata(Value):
    """An event's producer, cause, time and order. Carries no player text: an archive cannot delete one event."""

    event_id: str = Field(min_length=1, max_length=128, description="Deterministic: a second copy has the same id.")
    schema_version: str = Field(pattern=r"^\d+\.\d+$")
    occurred_at: AwareDatetime
    producer: str = Field(pattern=r"^ninelives\.[a-z]+$")
    correlation_id: str = Field(min_length=1, max_length=128)
    causation_id: str = Field(min_length=1, max_length=256, description="Key of the message that led to this one.")
    idempotency_key: IdempotencyKey
    campaign_id: CampaignId
    turn_id: TurnId | None = None
    stream: str = Field(min_length=1, max_length=160, description="What `sequence` counts: one aggregate.")
    sequence: int | None = Field(
        default=None, ge=1, description="Contiguous from 1 per stream; absent on progress, which may be lost."
    )
    traceparent: str | None = Field(default=None, max_length=128)
    quiet: bool | None = Field(
        default=None, description="On progress that nobody waits for.", exclude_if=lambda quiet: quiet is None
    )


class Event(Message):
    """A fact on the bus. `detail_type` is the past tense with its major version, `producer` the source."""

    detail_type: ClassVar[str]
    producer: ClassVar[str]
    schema_version: ClassVar[str] = "1.0"

    metadata: EventMetadata
