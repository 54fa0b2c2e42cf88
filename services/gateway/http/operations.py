"""Operations of the player API, described at the functions that serve them. docs/openapi.json is made from this.

What follows from these facts is not repeated: a body can be too large or malformed, a key can be missing, a query can
be wrong, and whatever is named in a path can be somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from services.gateway.http import problems
from services.gateway.http.exchange import HttpResponse
from services.gateway.http.problems import ProblemType
from services.gateway.http.queries import QueryParameter

Serve = TypeVar("Serve", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class SuccessResponse:
    """A response of success: its body, if there is one, and the headers it always has."""

    body: type[BaseModel] | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One route. `id` is its operationId, a promise to generated clients. `answers` holds its statuses of success,
    `refuses` the problems of its own.

    `keyed`: an Idempotency-Key makes a repetition harmless. `waits`: `Prefer: wait=n` is honoured. `conditional`: the
    response has an ETag, and `If-None-Match` may save its body.
    """

    id: str
    tag: str
    answers: Mapping[int, SuccessResponse]
    body: type[BaseModel] | None = None
    queries: tuple[QueryParameter, ...] = ()
    keyed: bool = False
    waits: bool = False
    conditional: bool = False
    refuses: tuple[ProblemType, ...] = ()

    def problems(self, *, named: bool, public: bool) -> tuple[ProblemType, ...]:
        """Everything it can refuse with: its own problems, and those that follow from what it takes.

        `named`: its path names a campaign or a turn. `public`: it needs no caller.
        """
        return (
            *((problems.KEY_MISSING, problems.KEY_INVALID, problems.KEY_REUSED) if self.keyed else ()),
            *((problems.MALFORMED, problems.TOO_LARGE, problems.WRONG_CONTENT_TYPE) if self.body else ()),
            *((problems.INVALID_BODY,) if self.body else ()),
            *((problems.INVALID_QUERY,) if self.queries else ()),
            *(() if public else (problems.UNAUTHENTICATED, problems.BEING_ERASED)),
            *((problems.NOT_FOUND,) if named else ()),
            *self.refuses,
            problems.INTERNAL,
            problems.UNAVAILABLE,
        )


_operations: dict[Callable[..., HttpResponse], Operation] = {}


def operation(described: Operation) -> Callable[[Serve], Serve]:
    """Describe the function of a route. It stays what it is."""

    def describe(serve: Serve) -> Serve:
        _operations[serve] = described
        return serve

    return describe


def find_operation(serve: Callable[..., HttpResponse]) -> Operation:
    """The description of a route's function. Raises LookupError when it has none."""
    if serve not in _operations:
        raise LookupError(f"{serve.__module__}.{serve.__qualname__} serves a route and has no @operation")
    return _operations[serve]
