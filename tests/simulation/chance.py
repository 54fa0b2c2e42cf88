"""Chance of a simulation: every decision follows from the seed and from where it is made.

No decision depends on how many were made before it, so leaving out one fault or one turn changes as little as it can of
the rest: that is what makes a failing seed shrink.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
_WIDTH = float(2**64)
_whole = int.from_bytes


class Chance:
    """Decisions of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._key = str(seed).encode()
        self._begun = blake2b(key=self._key, digest_size=8)

    def bytes(self, *where: object, size: int = 8) -> bytes:
        """As many bytes as are asked for, the same for the same place."""
        text = "|".join(map(str, where)).encode()
        return blake2b(text, key=self._key, digest_size=size).digest()

    def number(self, *where: object) -> float:
        """A number from 0 up to 1."""
        begun = self._begun.copy()
        begun.update("|".join(map(str, where)).encode())
        return _whole(begun.digest(), "big") / _WIDTH

    def between(self, low: float, high: float, *where: object) -> float:
        return low + (high - low) * self.number(*where)

    def happens(self, share: float, *where: object) -> bool:
        """Whether something that happens in this share of all places happens here."""
        return share > 0.0 and self.number(*where) < share

    def pick(self, choices: Sequence[T], *where: object) -> T:
        return choices[int(self.number(*where) * len(choices))]
