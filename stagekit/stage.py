"""Stages of the workflow: Lambda handlers made of functions from a parsed request to a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from contracts.errors import InvalidRequest, StageError
from stagekit import idempotency
from stagekit.events import Announcement, announce
from stagekit.failures import map_error, summary
from stagekit.observe import count, ids_of, logger, observe

Req = TypeVar("Req", bound=BaseModel)
Rep = TypeVar("Rep", bound=BaseModel)
Req_contra = TypeVar("Req_contra", bound=BaseModel, contravariant=True)
Rep_co = TypeVar("Rep_co", bound=BaseModel, covariant=True)
Json = dict[str, Any]
LambdaHandler = Callable[[Any, Any], Json]


class StageFunction(Protocol[Req_contra, Rep_co]):
    """What a service writes: a function of the parsed request."""

    __module__: str

    def __call__(self, *, request: Req_contra) -> Rep_co: ...


def stage(
    request_type: type[Req],
    reply_type: type[Rep],
    *,
    run_once: bool = True,
    announcement: Callable[[Req, Rep], Announcement | None] | None = None,
    failure: Callable[[Req, StageError], Announcement | None] | None = None,
) -> Callable[[StageFunction[Req, Rep]], LambdaHandler]:
    """Make a Lambda handler of a function from request to reply.

    With `run_once`, the reply is stored under the request's idempotency key and a repeat gets it as it was; leave it
    on wherever running again could answer differently or cost something. Pure functions need no store, and those that
    write a record of their own in their own transaction must not have a second one. `announcement` makes the progress
    event of a run that replied, `failure` that of an attempt that raised one of our errors. Both are fire and forget:
    a lost progress event loses no fact.

    The handler raises InvalidRequest before anything else for an event that is no request, and the errors of
    contracts/errors.py; anything else is a bug and surfaces as it is.
    """

    def decorate(function: StageFunction[Req, Rep]) -> LambdaHandler:
        operation = function.__module__.rpartition(".")[2]
        runner = _Runner(operation, function, announcement, failure)

        def handler(event: Any, context: Any) -> Json:
            envelope = event.get("envelope") if isinstance(event, dict) else None
            with observe(operation, ids_of(envelope)):
                request = _parse(request_type, event)
                try:
                    if run_once:
                        return idempotency.run_once(operation, event, context, lambda: runner.run(request))
                    return runner.run(request)
                except Exception as error:
                    known = map_error(error)
                    if known is error:
                        raise
                    raise known from None

        handler.__module__ = function.__module__
        handler.__doc__ = function.__doc__
        return handler

    return decorate


@dataclass(frozen=True)
class _Runner(Generic[Req, Rep]):
    """A stage's function and the progress events of its runs."""

    operation: str
    function: StageFunction[Req, Rep]
    announcement: Callable[[Req, Rep], Announcement | None] | None
    failure: Callable[[Req, StageError], Announcement | None] | None

    def run(self, request: Req) -> Json:
        try:
            reply = self.function(request=request)
        except StageError as error:
            if self.failure and (progress := self.failure(request, error)):
                self._announce(replace(progress, occasion=uuid4().hex), request)  # every attempt is an event of its own
            raise
        if self.announcement and (progress := self.announcement(request, reply)):
            self._announce(progress, request)
        return reply.model_dump(mode="json")

    def _announce(self, progress: Announcement, request: Any) -> None:
        try:
            announce(progress, request.envelope)
        except Exception as error:
            logger().warning("progress event lost", extra={"error": type(error).__name__})
            count(self.operation, ProgressLost=1)


def _parse(request_type: type[Req], event: Any) -> Req:
    try:
        return request_type.model_validate(event)
    except ValidationError as error:
        raise InvalidRequest(summary(error)) from None
