"""What a client prefers (RFC 7240) and what it may ask for in a query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.gateway.http import problems
from services.gateway.http.exchange import Request

_WAIT = re.compile(r"wait\s*=\s*\"?([0-9]{1,6})\"?")
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Whole:
    """A whole number that may be asked for in a query, and what it is taken for when it is not."""

    name: str
    default: int
    least: int
    most: int
    meaning: str

    def of(self, request: Request) -> int:
        """What was asked for. Raises a 400 unless it is `least` … `most`."""
        return whole(request, self.name, self.default, self.least, self.most)


@dataclass(frozen=True)
class Mark:
    """A place in a list, as an earlier answer named it. Absent: from the beginning."""

    name: str
    meaning: str
    pattern: str = ".*"
    most: int | None = None

    def of(self, request: Request) -> str | None:
        """What was sent. Raises a 400 when it cannot be ours."""
        mark = request.query.get(self.name)
        if mark is not None and ((self.most and len(mark) > self.most) or not re.fullmatch(self.pattern, mark)):
            raise problems.bad_query(self.name, "is not one of ours")
        return mark


Query = Whole | Mark


def page_size(default: int, most: int) -> Whole:
    """The `limit` of a list."""
    return Whole("limit", default, 1, most, "At most how many.")


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


def whole(request: Request, name: str, default: int, least: int, most: int) -> int:
    """The whole number of this name in the query. Raises a 400 unless it is `least` … `most`."""
    asked = request.query.get(name)
    if asked is None:
        return default
    if not _NUMBER.fullmatch(asked) or not least <= int(asked) <= most:
        raise problems.bad_query(name, f"must be a whole number from {least} to {most}")
    return int(asked)
