"""Query parameters: what may be asked for, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.gateway.http import problems
from services.gateway.http.exchange import HttpRequest

_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class IntegerParameter:
    """A whole number, and what it is taken for when it is absent."""

    name: str
    default: int
    least: int
    most: int
    meaning: str

    def read(self, request: HttpRequest) -> int:
        """The number. Raises a 400 unless it is `least` … `most`."""
        sent = request.query.get(self.name)
        if sent is None:
            return self.default
        if not _NUMBER.fullmatch(sent) or not self.least <= int(sent) <= self.most:
            reason = f"must be a whole number from {self.least} to {self.most}"
            raise problems.INVALID_QUERY.error(parameter=self.name, reason=reason)
        return int(sent)


@dataclass(frozen=True)
class CursorParameter:
    """A place in a list, as an earlier response named it. Absent: from the beginning."""

    name: str
    meaning: str
    pattern: str = ".*"
    most: int | None = None

    def read(self, request: HttpRequest) -> str | None:
        """The value that was sent. Raises a 400 when it cannot be ours."""
        sent = request.query.get(self.name)
        if sent is not None and ((self.most and len(sent) > self.most) or not re.fullmatch(self.pattern, sent)):
            raise problems.INVALID_QUERY.error(parameter=self.name, reason="is not one of ours")
        return sent


QueryParameter = IntegerParameter | CursorParameter


def page_size(default: int, most: int) -> IntegerParameter:
    """The `limit` of a list."""
    return IntegerParameter("limit", default, 1, most, "At most how many.")
