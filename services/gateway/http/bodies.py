"""Request bodies: strict JSON, bounded, checked against their model before anything else happens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from services.gateway.http import problems
from services.gateway.http.exchange import HttpRequest
from services.gateway.http.idempotency import fingerprint

MAX_BYTES = 16 * 1024
MAX_ERRORS = 10
MAX_POINTER = 200

B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True)
class ParsedBody(Generic[B]):
    """A valid body, and the fingerprint its request is recognised by."""

    body: B
    fingerprint: str


def check_size(request: HttpRequest) -> None:
    """Raises a 413 when there is too much of a body, whatever its headers claim."""
    if len(request.body) > MAX_BYTES:
        raise problems.TOO_LARGE.error(limit=MAX_BYTES)


def parse(request: HttpRequest, model: type[B]) -> ParsedBody[B]:
    """The body as `model`. Raises 413, 415, 400 (not JSON) or 422 (JSON, but not what is asked for)."""
    check_size(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise problems.WRONG_CONTENT_TYPE.error()
    value = _parse(request.body)
    try:
        return ParsedBody(model.model_validate(value), fingerprint(request, value))
    except ValidationError as error:
        raise problems.INVALID_BODY.error(errors=_list_errors(error)) from None


def _parse(body: bytes) -> Any:
    try:
        text = body.decode("utf-8")
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except UnicodeDecodeError:
        raise problems.MALFORMED.error(reason="The body is not UTF-8.") from None
    except RecursionError:
        raise problems.MALFORMED.error(reason="The body is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise problems.MALFORMED.error(reason=f"{error.msg} at character {error.pos}.") from None
    except ValueError as error:
        raise problems.MALFORMED.error(reason=f"{error}") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON.")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("An object names a field twice.")
    return value


def _list_errors(error: ValidationError) -> tuple[dict[str, Any], ...]:
    found = error.errors(include_input=False, include_url=False, include_context=False)[:MAX_ERRORS]
    return tuple({"pointer": _pointer(each["loc"]), "detail": _describe(each["msg"])} for each in found)


def _describe(message: str) -> str:
    """The words of pydantic, without the name of the exception that a rule of ours raised."""
    own = message.removeprefix("Value error, ")
    return f"{own[:1].upper()}{own[1:]}"


def _pointer(location: tuple[int | str, ...]) -> str:
    return "#" + "".join(f"/{part}" for part in location)[:MAX_POINTER]
