"""What a client prefers (RFC 7240) and what it may ask for in a query."""

from __future__ import annotations

import re

from services.gateway.domain import problems
from services.gateway.domain.exchange import Request

_WAIT = re.compile(r"wait\s*=\s*\"?([0-9]{1,6})\"?")
_NUMBER = re.compile(r"[0-9]{1,6}")


def wait_asked(request: Request, most: int) -> int:
    """Seconds the client will wait, at most `most`. What cannot be read is ignored, as RFC 7240 says."""
    for preference in request.headers.get("prefer", "").split(","):
        found = _WAIT.fullmatch(preference.partition(";")[0].strip().lower())
        if found:
            return min(int(found[1]), most)
    return 0


def applied(wait: int) -> dict[str, str]:
    """The header that says which preference was honoured."""
    return {"Preference-Applied": f"wait={wait}"} if wait else {}


def limit(request: Request, default: int, most: int) -> int:
    """The page size asked for. Raises a 400 unless it is 1 … `most`."""
    return whole(request, "limit", default, 1, most)


def whole(request: Request, name: str, default: int, least: int, most: int) -> int:
    """The whole number of this name in the query. Raises a 400 unless it is `least` … `most`."""
    asked = request.query.get(name)
    if asked is None:
        return default
    if not _NUMBER.fullmatch(asked) or not least <= int(asked) <= most:
        raise problems.bad_query(name, f"must be a whole number from {least} to {most}")
    return int(asked)
