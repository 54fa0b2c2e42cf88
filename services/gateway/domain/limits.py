"""Rate limits: fixed windows, and whose requests are counted together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network

_LIMIT = re.compile(r"([a-z-]+)=([0-9]+)/([0-9]+)")
_SPANS = {60: "a minute", 3600: "an hour", 86400: "a day"}
EVERYBODY = "everybody"
HOUSEHOLD = {4: 32, 6: 64}
"""Bits of an address that a household shares, by version: behind those of IPv6 one machine has as many addresses as it
likes."""
NEIGHBOURHOOD = {4: 24, 6: 48}
"""Bits that the smallest network has which is routed by itself: one customer may have all of it."""


class CountFailed(Exception):
    """The counter could not be reached in time."""


@dataclass(frozen=True)
class RateLimit:
    """At most `most` requests in `seconds`."""

    most: int
    seconds: int

    @property
    def span(self) -> str:
        """The window in words."""
        return _SPANS.get(self.seconds, f"{self.seconds} seconds")

    def window(self, now: datetime) -> int:
        """The beginning of this moment's window (epoch seconds)."""
        return int(now.timestamp() // self.seconds) * self.seconds

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds until the next window, at least one."""
        return max(1, int(self.window(now) + self.seconds - now.timestamp()))


def parse_limits(text: str) -> dict[str, RateLimit]:
    """Limits as the deployment writes them: `turns=20/60 campaigns=20/3600`, how many in how many seconds."""
    return {what: RateLimit(int(most), int(seconds)) for what, most, seconds in _LIMIT.findall(text)}


def client_network(address: str | None, bits: Mapping[int, int] = HOUSEHOLD) -> str:
    """The digest of the network that an address is of: requests from there share a limit."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "address:unknown"
    network = ip_network((known, bits[known.version]), strict=False)
    return f"address:{sha256(f'nine lives|{network}'.encode()).hexdigest()[:32]}"
