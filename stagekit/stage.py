"""Stages of the workflow: Lambda handlers made of functions from a parsed request to a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from contracts.errors import InvalidRequest, StageError
from stagekit.failures import map_error, summary
from stagekit.observe import count, ids_of, logger, observe

if TYPE_CHECKING:
    from stagekit.events import Announcement

Req = TypeVar("Req", bound=BaseModel)
Rep = TypeVar("Rep", bound=BaseModel)
Req_contra = TypeVar("Req_contra", bound=BaseModel, contravariant=True)
Rep_co = TypeVar("Rep_co", bound=BaseModel, covariant=True)
Json = dict[str, Any]
LambdaHandler = Callable[[Any, Any], Json]
Keeper = Callable[[Json, Any, Callable[[], Json]], Json]


class Keeps(Enum):
    """The record that a stage keeps of a run under its idempotency key, and so the cost and the answer of a repeat."""

    NOTHING = "nothing"
    """A repeat runs again: its answer follows from the request, or from a record of the stage's own transaction."""
    FIRST_ANSWER = "first answer"
    """A repeat may run again and changes nothing by it, and gets what the first run answered. One write."""
    CLAIM = "claim"
    """A repeat never runs again, or waits while the first run lasts: running costs something. Two writes."""


class StageFunction(Protocol[Req_contra, Rep_co]):
    """The function that a service writes for a stage, of the parsed request."""

    __module__: str

    def __call__(self, *, request: Req_contra) -> Rep_co: ...


def stage(
    request_type: type[Req],
    reply_type: type[Rep],
    *,
    keeps: Keeps | Callable[[], Keeps] = Keeps.CLAIM,
    may_differ: tuple[str, ...] = (),
    finish: Callable[[Req, Rep], Rep] | None = None,
    announcement: Callable[[Req, Rep], Announcement | None] | None = None,
    failure: Callable[[Req, StageError], Announcement | None] | None = None,
) -> Callable[[StageFunction[Req, Rep]], LambdaHandler]:
    """Make a Lambda handler of a function from request to reply.

    `keeps` says what a repeat under the same idempotency key gets; a function is asked at each call. A repeat that
    brings another request is refused, but for the fields that `may_differ`. `finish` is what is made of an answer, kept
    or new, each time: a fault in it loses nothing that was kept. `announcement` makes the progress event of a run that
    replied, `failure` that of an attempt that raised one of our errors. Both are fire and forget: a lost progress event
    loses no fact.

    The handler raises InvalidRequest before anything else for an event that is no request, and the errors of
    contracts/errors.py; anything else is a bug and surfaces as it is.

    What a stage does not use is not imported: one that keeps and announces nothing starts without the SDK.
    """
    if announcement or failure:
        import_module("stagekit.events")

    def decorate(function: StageFunction[Req, Rep]) -> LambdaHandler:
        operation = function.__module__.rpartition(".")[2]
        runner = _Runner(operation, function, announcement, failure)
        keeper = _choose_keeper(keeps, operation)

        def handler(event: Any, context: Any) -> Json:
            envelope = event.get("envelope") if isinstance(event, dict) else None
            with observe(operation, ids_of(envelope)):
                request = _parse(request_type, event)
                try:
                    asked = {name: value for name, value in event.items() if name not in may_differ}
                    answer = keeper()(asked, context, lambda: runner.run(request))
                    if finish is None:
                        return answer
                    return finish(request, reply_type.model_validate(answer)).model_dump(mode="json")
                except Exception as error:
                    known = map_error(error)
                    if known is error:
                        raise
                    raise known from None

        handler.__module__ = function.__module__
        handler.__doc__ = function.__doc__
        return handler

    return decorate


def _choose_keeper(keeps: Keeps | Callable[[], Keeps], operation: str) -> Callable[[], Keeper]:
    if isinstance(keeps, Keeps):
        keeper = _keeper(keeps, operation)
        return lambda: keeper
    return lambda: _keeper(keeps(), operation)


def _keeper(keeps: Keeps, operation: str) -> Keeper:
    """The keeper of a stage's answers. A store is imported only where it is used."""
    match keeps:
        case Keeps.NOTHING:
            return lambda event, context, run: run()
        case Keeps.FIRST_ANSWER:
            from stagekit.first_answers import first_answer

            return lambda event, context, run: first_answer(operation, event, run)
        case Keeps.CLAIM:
            from stagekit.idempotency import run_once

            return lambda event, context, run: run_once(operation, event, context, run)


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
        from stagekit.events import announce

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
