"""What a route takes and answers, stated at the function that serves it. docs/openapi.json is made from this.

What follows from these facts is not said again: a body can be too large or malformed, a key can be missing, a query can
be wrong, and whatever is named in a path can be somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from services.gateway.http import problems
from services.gateway.http.exchange import Answer
from services.gateway.http.preferences import Query

Serve = TypeVar("Serve", bound=Callable[..., Answer])
Refuse = Callable[..., problems.Refusal]


@dataclass(frozen=True)
class Told:
    """A successful answer: its body, if there is one, and the headers it always has."""

    body: type[BaseModel] | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One route. `id` is its operationId, a promise to generated clients. `answers` holds its statuses of success,
    `refuses` the problems of its own.

    `keyed`: an Idempotency-Key makes a repetition harmless. `waits`: `Prefer: wait=n` is honoured. `conditional`: the
    answer has an ETag, and `If-None-Match` may save its body.
    """

    id: str
    tag: str
    answers: Mapping[int, Told]
    body: type[BaseModel] | None = None
    queries: tuple[Query, ...] = ()
    keyed: bool = False
    waits: bool = False
    conditional: bool = False
    refuses: tuple[Refuse, ...] = ()

    def problems(self, *, named: bool, public: bool) -> tuple[Refuse, ...]:
        """Everything it can refuse with: its own problems, and those that follow from what it takes.

        `named`: its path names a campaign or a turn. `public`: it needs no caller.
        """
        return (
            *((problems.key_missing, problems.key_invalid, problems.key_reused) if self.keyed else ()),
            *((problems.malformed, problems.too_large, problems.wrong_content_type) if self.body else ()),
            *((problems.invalid,) if self.body else ()),
            *((problems.bad_query,) if self.queries else ()),
            *(() if public else (problems.unauthenticated,)),
            *((problems.not_found,) if named else ()),
            *self.refuses,
            problems.internal,
            problems.unavailable,
        )


_described: dict[Callable[..., Answer], Operation] = {}


def operation(described: Operation) -> Callable[[Serve], Serve]:
    """Describe the function of a route. It stays what it is."""

    def describe(serve: Serve) -> Serve:
        _described[serve] = described
        return serve

    return describe


def operation_of(serve: Callable[..., Answer]) -> Operation:
    """The description of a route's function. Raises LookupError when it has none."""
    if serve not in _described:
        raise LookupError(f"{serve.__module__}.{serve.__qualname__} serves a route and has no @operation")
    return _described[serve]
