"""How often one player, or one address, may wish for something: fixed windows, counted before the wish costs anything.

A repeated Idempotency-Key is no new wish and is not counted. When counting itself fails, the wish is granted: a limit
that cannot be counted must not lock anybody out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Protocol

from services.gateway.http import problems

_LIMIT = re.compile(r"([a-z-]+)=([0-9]+)/([0-9]+)")
PREFIX_OF_ONE_HOME = 64
"""Bits of an IPv6 address that a household shares: behind them one machine has as many addresses as it likes."""


class Uncounted(Exception):
    """The counter could not be reached in time."""


class Counter(Protocol):
    """Counts in the gateway's table."""

    def count(self, subject: str, what: str, window: int, until: int) -> int:
        """One more in the window that begins at `window` and is forgotten after `until` (epoch seconds): how many are
        there now? Raises Uncounted."""


@dataclass(frozen=True)
class Limit:
    """At most `most` in `seconds`."""

    most: int
    seconds: int


@dataclass(frozen=True)
class Limits:
    """The limits in force, by what is limited. What has none is not counted."""

    limits: Mapping[str, Limit] = field(default_factory=dict)
    counter: Counter | None = None
    uncounted: Callable[[], None] = lambda: None

    def spend(self, subject: str, what: str, now: datetime) -> None:
        """Count one wish of `subject`. Raises a 429 when it is one too many."""
        limit = self.limits.get(what)
        if limit is None or self.counter is None:
            return
        moment = now.timestamp()
        window = int(moment // limit.seconds) * limit.seconds
        try:
            made = self.counter.count(subject, what, window, window + 2 * limit.seconds)
        except Uncounted:
            self.uncounted()
            return
        if made > limit.most:
            raise problems.rate_limited(what, limit.most, limit.seconds, max(1, int(window + limit.seconds - moment)))


def parsed(text: str) -> dict[str, Limit]:
    """Limits as the deployment writes them: `turns=20/60 campaigns=20/3600`, how many in how many seconds."""
    return {what: Limit(int(most), int(seconds)) for what, most, seconds in _LIMIT.findall(text)}


def house_of(address: str | None) -> str:
    """Who shares a limit by address, unrecognisable: an IPv4 address, or an IPv6 network."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "address:unknown"
    house = ip_network((known, PREFIX_OF_ONE_HOME), strict=False) if isinstance(known, IPv6Address) else known
    return f"address:{sha256(f'nine lives|{house}'.encode()).hexdigest()[:32]}"
