"""The chain of a stream: one link a fact, each a hash of the link before it and of the fact's digest.

Links are a pure function of the facts. Whoever extends a chain, and however often, arrives at the same links.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from contracts.envelope import Value

SETTLED_AFTER = timedelta(minutes=5)
"""Deliveries overtake each other by seconds. What is still missing after this long is not on its way any more."""


class Head(Value):
    """The last link of a chain: every fact up to and including `sequence` is in it."""

    sequence: int
    link: str

    def followed_by(self, digest: str) -> Head:
        """The chain with one more fact."""
        return Head(sequence=self.sequence + 1, link=link_behind(self.link, digest))


class ChainGap(Value):
    """Facts that are not there although a later one is."""

    first: int
    last: int
    behind_since: str
    """The time at which the fact behind them occurred, ISO 8601."""

    @property
    def missing(self) -> int:
        return self.last - self.first + 1

    def is_settled(self, now: datetime) -> bool:
        """Whether it is too old to be a mere reordering."""
        return now - datetime.fromisoformat(self.behind_since) > SETTLED_AFTER


def beginning(stream: str) -> Head:
    """The head of a stream without facts."""
    return Head(sequence=0, link=sha256(stream.encode()).hexdigest())


def link_behind(previous: str, digest: str) -> str:
    """The link of the fact with this digest behind the link `previous`."""
    return sha256(f"{previous}|{digest}".encode()).hexdigest()


def chain_of(stream: str) -> str:
    """The partition of a stream's links: beside its facts, under the same sequences."""
    return f"CHAIN#{stream}"
