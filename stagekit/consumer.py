"""Consumers of events: each message of the queue by itself, unreadable ones set aside at once, the rest retried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from contracts.envelope import Event
from stagekit import dead_letters
from stagekit.events import AnyEvent, UnreadableEvent, parse_any
from stagekit.failures import summary
from stagekit.observe import count, logger, observe

Consume = Callable[..., None]
LambdaHandler = Callable[[Any, Any], Any]
Json = dict[str, Any]


def consumer(
    *event_types: type[Event], others_of: str | None = None, in_batches: bool = False
) -> Callable[[Consume], LambdaHandler]:
    """Make an SQS-triggered Lambda handler of `consume(*, event)`, or with `in_batches` of `consume(*, events)`.

    With event types, `event` is the parsed event and other kinds are passed over; without, it is an `AnyEvent`.
    With `others_of`, the name of a producer, its other kinds come, too, each as a plain `Event` that has metadata and
    no data: for a consumer that counts the numbers of a stream, every number is news. Its rule then takes all that
    this producer says, so all event types must be its own; raises ValueError when one is not.
    A message that cannot be read goes to the dead-letter queue at once, where no retry can waste time on it, and so
    does a known kind in another major version: passing it over would lose the fact. One whose consuming raised, or
    that could not be set aside, is returned to the queue (partial batch response) and lands there after its receives.
    A batch whose consuming raised is consumed again, event by event: what fails comes back alone.
    """
    if others_of is not None and any(kind.producer != others_of for kind in event_types):
        told = ", ".join(kind.detail_type for kind in event_types)
        raise ValueError(f"not all of these are told by {others_of}: {told}")
    hears_all = not event_types and others_of is None
    by_name = None if hears_all else {kind.detail_type: kind for kind in event_types}

    def decorate(consume: Consume) -> LambdaHandler:
        reader = _Reader(consume.__module__.rpartition(".")[2], by_name, others_of)
        made = _together(reader, consume) if in_batches else _one_by_one(reader, consume)
        made.__module__ = consume.__module__
        made.__doc__ = consume.__doc__
        return made

    return decorate


def _one_by_one(reader: _Reader, consume: Consume) -> LambdaHandler:
    def one(record: Json) -> None:
        if found := reader.read(record):
            with observe(reader.operation, _ids(found.event)):
                consume(event=found.typed)

    def handler(event: Any, context: Any) -> Json:
        failed: list[str] = []
        for record in event["Records"]:
            try:
                one(record)
            except Exception:
                failed.append(record["messageId"])
        return _partial(failed)

    return handler


def _together(reader: _Reader, consume: Consume) -> LambdaHandler:
    def handler(event: Any, context: Any) -> Json:
        found: list[_Read] = []
        failed: list[str] = []
        for record in event["Records"]:
            try:
                found += [each] if (each := reader.read(record)) else []
            except Exception:
                failed.append(record["messageId"])
        failed += _consume_together(reader.operation, consume, found) if found else []
        return _partial(failed)

    return handler


def _partial(failed: list[str]) -> Json:
    """The answer that returns these messages to their queue, and no other."""
    return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}


@dataclass(frozen=True)
class _Read:
    """An event that was read from a message, and as its consumer gets it."""

    message: str
    event: AnyEvent
    typed: Any


@dataclass(frozen=True)
class _Reader:
    """Reads messages for a consumer of these kinds, by name; without, of all."""

    operation: str
    by_name: dict[str, type[Event]] | None
    others_of: str | None

    def read(self, record: Json) -> _Read | None:
        """The event in a message; None when it is set aside or passed over. Raises when it could not be set aside."""
        try:
            return self._read(record)
        except Exception as error:
            logger().warning("not set aside", extra={"error": type(error).__name__})
            raise

    def _read(self, record: Json) -> _Read | None:
        try:
            event = parse_any(record["body"])
            typed = event if self.by_name is None else _parse_as(event, self.by_name, self.others_of)
        except ValueError as error:
            _set_aside(self.operation, record, error)
            return None
        if typed is None:
            logger().info("not for this consumer", extra={"detail_type": event.detail_type})
            return None
        return _Read(record["messageId"], event, typed)


def _consume_together(operation: str, consume: Consume, found: list[_Read]) -> list[str]:
    """Consume all at once, or one by one when that raises. Returns the messages that failed."""
    try:
        keys = _ids(found[0].event) if len(found) == 1 else {"events": len(found)}
        with observe(operation, keys):
            consume(events=tuple(each.typed for each in found))
    except Exception:
        if len(found) == 1:
            return [found[0].message]
        return [message for each in found for message in _consume_together(operation, consume, [each])]
    return []


def _parse_as(event: AnyEvent, by_name: dict[str, type[Event]], others_of: str | None) -> Event | None:
    """The event as its consumer gets it; None when it is passed over."""
    kind = by_name.get(event.detail_type)
    if kind is not None:
        return kind.model_validate({"metadata": event.metadata, "data": event.data})
    if _name(event.detail_type) in {_name(known) for known in by_name}:
        raise UnreadableEvent(f"{event.detail_type} is not consumed yet")
    return Event(metadata=event.metadata) if event.source == others_of else None


def _name(detail_type: str) -> str:
    return detail_type.rpartition(".")[0]


def _ids(event: AnyEvent) -> dict[str, Any]:
    meta = event.metadata
    return {
        "event_id": meta.event_id,
        "detail_type": event.detail_type,
        "campaign_id": meta.campaign_id,
        "turn_id": meta.turn_id,
        "correlation_id": meta.correlation_id,
        "traceparent": meta.traceparent,
    }


def _set_aside(operation: str, record: Json, error: ValueError) -> None:
    reason = _reason(error)
    dead_letters.set_aside(dead_letters.queues(), record["body"], reason)
    logger().error("unreadable message set aside", extra={"reason": reason, "message_id": record["messageId"]})
    count(operation, Poison=1)


def _reason(error: ValueError) -> str:
    """The reason why a message cannot be read, without its words: they may be a player's."""
    if isinstance(error, ValidationError):
        return summary(error)
    return str(error) if isinstance(error, UnreadableEvent) else type(error).__name__
