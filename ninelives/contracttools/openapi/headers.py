"""Every header of the player API, once."""

from __future__ import annotations

from typing import Any

from services.gateway.http.idempotency import KEY
from services.gateway.http.operations import Operation

Json = dict[str, Any]
WHOLE = {"type": "integer", "minimum": 0}

ASKED: dict[str, Json] = {
    "Idempotency-Key": {
        "required": True,
        "description": "New for a new request, the same to repeat one: then the original response comes again.",
        "schema": {"type": "string", "pattern": f"^{KEY}$"},
        "example": "5f0c1e3a-begin",
    },
    "Prefer": {
        "description": "RFC 7240. `wait=n`: answer when the turn has ended, or after n seconds (at most 20).",
        "schema": {"type": "string"},
        "example": "wait=10",
    },
    "If-None-Match": {
        "description": "An ETag seen before: 304 without a body when nothing has changed.",
        "schema": {"type": "string"},
        "example": '"v17"',
    },
}
ANSWERED: dict[str, Json] = {
    "Accept-Post": {"description": "What a body must be.", "schema": {"const": "application/json"}},
    "Allow": {"description": "The methods there are.", "schema": {"type": "string"}},
    "ETag": {"description": "The campaign's version.", "schema": {"type": "string", "pattern": '^"v[0-9]+"$'}},
    "Idempotency-Replayed": {
        "description": "This key was used before for the same request; this is its answer.",
        "schema": {"const": "true"},
    },
    "Location": {
        "description": "Where it can be read from now on.",
        "schema": {"type": "string", "format": "uri-reference", "pattern": "^/v1/"},
    },
    "Preference-Applied": {
        "description": "How long the answer was waited for, at most.",
        "schema": {"type": "string", "pattern": "^wait=[0-9]+$"},
    },
    "Retry-After": {"description": "Seconds until asking again makes sense.", "schema": WHOLE},
    "WWW-Authenticate": {"description": "RFC 6750.", "schema": {"type": "string"}},
}


def list_parameters(operation: Operation) -> list[Json]:
    """Parameters for the headers that mean something to this operation."""
    names = {
        "Idempotency-Key": operation.keyed,
        "Prefer": operation.waits,
        "If-None-Match": operation.conditional,
    }
    return [{"$ref": f"#/components/parameters/{name}"} for name, meant in names.items() if meant]


def list_headers(always: tuple[str, ...], perhaps: tuple[str, ...] = ()) -> Json:
    """The headers of an answer: those it always has, and those it may have."""
    told = {name: {"$ref": f"#/components/headers/{name}"} for name in perhaps if name not in always}
    return {**{name: {"required": True, **ANSWERED[name]} for name in always}, **told}
