"""A stage of the workflow: one request in, one reply out, the same reply every time it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from contracts.errors import InvalidRequest, StageError
from stagekit.events import Announcement, announce
from stagekit.failures import named, summary
from stagekit.kept import Json, kept_answer
from stagekit.observe import count, ids_of, logger, observed

Req = TypeVar("Req", bound=BaseModel)
Rep = TypeVar("Rep", bound=BaseModel)
Req_contra = TypeVar("Req_contra", bound=BaseModel, contravariant=True)
Rep_co = TypeVar("Rep_co", bound=BaseModel, covariant=True)


class Step(Protocol[Req_contra, Rep_co]):
    """What a service writes: a function of the parsed request."""

    __module__: str

    def __call__(self, *, request: Req_contra) -> Rep_co: ...


LambdaHandler = Callable[[Any, Any], Json]


def stage(
    request_type: type[Req],
    reply_type: type[Rep],
    *,
    kept: bool = True,
    announcement: Callable[[Req, Rep], Announcement | None] | None = None,
    failure: Callable[[Req, StageError], Announcement | None] | None = None,
) -> Callable[[Step[Req, Rep]], LambdaHandler]:
    """Make a Lambda handler of a step.

    `kept` answers are stored under their idempotency key and returned as they were; leave it on wherever running
    again could answer differently or cost something. Pure steps need no keeping, and steps that write their own
    record in their own transaction must not have a second one. `announcement` says what to tell the bus when the
    step ran, `failure` what to tell it when an attempt ended in one of our errors: fire and forget, for a lost
    progress event loses no fact.

    The handler raises the errors of contracts/errors.py; anything else is a bug and surfaces as it is.
    """

    def decorate(step: Step[Req, Rep]) -> LambdaHandler:
        operation = step.__module__.rpartition(".")[2]

        def compute(payload: Json) -> Json:
            request = request_type.model_validate(payload)
            try:
                reply = step(request=request)
            except StageError as error:
                if failure and (told := failure(request, error)):
                    _tell(operation, replace(told, occasion=uuid4().hex), request)  # every attempt is one
                raise
            if announcement and (told := announcement(request, reply)):
                _tell(operation, told, request)
            return reply.model_dump(mode="json")

        def handler(event: Any, context: Any) -> Json:
            envelope = event.get("envelope") if isinstance(event, dict) else None
            with observed(operation, ids_of(envelope)):
                try:
                    request_type.model_validate(event)
                except ValidationError as error:
                    raise InvalidRequest(summary(error)) from None
                try:
                    return kept_answer(operation, compute, event, context) if kept else compute(event)
                except Exception as error:
                    known = named(error)
                    if known is error:
                        raise
                    raise known from None

        handler.__module__ = step.__module__
        handler.__doc__ = step.__doc__
        return handler

    return decorate


def _tell(operation: str, told: Announcement, request: Any) -> None:
    try:
        announce(told, request.envelope)
    except Exception as error:
        logger().warning("progress event lost", extra={"error": type(error).__name__})
        count(operation, ProgressLost=1)
