"""The client's preference to wait (RFC 7240)."""

from __future__ import annotations

import re

from services.gateway.http.exchange import HttpRequest

_WAIT = re.compile(r"wait\s*=\s*\"?([0-9]{1,6})\"?")


def read_wait(request: HttpRequest, most: int) -> int:
    """Seconds the client will wait, at most `most`. What cannot be read is ignored, as RFC 7240 says."""
    for preference in request.headers.get("prefer", "").split(","):
        found = _WAIT.fullmatch(preference.partition(";")[0].strip().lower())
        if found:
            return min(int(found[1]), most)
    return 0


def confirm_wait(wait: int) -> dict[str, str]:
    """The header that says which preference was honoured."""
    return {"Preference-Applied": f"wait={wait}"} if wait else {}
