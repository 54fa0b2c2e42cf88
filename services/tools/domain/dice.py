"""Dice that are derived, not drawn: anybody who has the seed can roll them again.

A roll is `HMAC-SHA256(seed, "<roll key>#<block>")`, block 0, 1, … . A digest is eight big-endian 32-bit words;
a word counts when it lies below the greatest multiple of `sides` (so that no face is likelier than another) and
shows `word % sides + 1`.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from itertools import count as endless
from struct import Struct
from typing import Literal

from contracts.canon import Dice
from contracts.tools import Roll, RollModifier

Degree = Literal["critical", "success", "failure", "fumble"]
WORDS = Struct(">8I")
WORD_VALUES = 2**32


def derive(seed: bytes, key: str, count: int, sides: int) -> tuple[int, ...]:
    """The faces of `count` dice of `sides` (2 … 2^32) under this roll key, always the same."""
    fair = WORD_VALUES // sides * sides
    faces: list[int] = []
    for block in endless():
        digest = hmac.digest(seed, f"{key}#{block}".encode(), "sha256")
        faces += [word % sides + 1 for word in WORDS.unpack(digest) if word < fair]
        if len(faces) >= count:
            break
    return tuple(faces[:count])


class Roller:
    """Rolls the dice of one outcome and keeps the record: roll n has the key `<outcome key>/<n>`."""

    def __init__(self, seed: str, outcome_key: str) -> None:
        self._seed = bytes.fromhex(seed)
        self._outcome_key = outcome_key
        self._rolls: list[Roll] = []

    @property
    def rolls(self) -> tuple[Roll, ...]:
        """Everything rolled so far, in order."""
        return tuple(self._rolls)

    def sum(
        self, purpose: str, dice: Dice, *, roller: str = "character", modifiers: Sequence[RollModifier] = ()
    ) -> int:
        """Throw `dice` and add their bonus and `modifiers`. Never below zero; no dice, no roll."""
        modifiers = _drop_zeros(*modifiers, RollModifier(name="bonus", amount=dice.bonus))
        if not dice.count:
            return max(0, sum(modifier.amount for modifier in modifiers))
        faces = self._faces(dice.count, dice.sides)
        total = max(0, sum(faces) + sum(modifier.amount for modifier in modifiers))
        self._keep(purpose, roller, dice.sides, faces, faces, modifiers, total)
        return total

    def d20(
        self,
        purpose: str,
        target: int | None = None,
        *,
        roller: str = "character",
        modifiers: Sequence[RollModifier] = (),
        edge: int = 0,
    ) -> Roll:
        """Throw a d20 against `target`. With an edge two are thrown and the better (below zero: the worse) counts.

        A natural 20 is critical and a natural 1 a fumble, whatever the target.
        """
        faces = self._faces(2 if edge else 1, 20)
        face = min(faces) if edge < 0 else max(faces)
        modifiers = _drop_zeros(*modifiers)
        total = face + sum(modifier.amount for modifier in modifiers)
        return self._keep(purpose, roller, 20, faces, (face,), modifiers, total, target)

    def percentile(self, purpose: str, *, roller: str = "character") -> int:
        """Throw a d100: 1 … 100."""
        return self.sum(purpose, Dice(count=1, sides=100), roller=roller)

    def _faces(self, count: int, sides: int) -> tuple[int, ...]:
        return derive(self._seed, self._next_key(), count, sides)

    def _next_key(self) -> str:
        return f"{self._outcome_key}/{len(self._rolls)}"

    def _keep(
        self,
        purpose: str,
        roller: str,
        sides: int,
        faces: tuple[int, ...],
        kept: tuple[int, ...],
        modifiers: tuple[RollModifier, ...],
        total: int,
        target: int | None = None,
    ) -> Roll:
        roll = Roll(
            key=self._next_key(),
            purpose=purpose[:80],
            roller=roller,
            count=len(faces),
            sides=sides,
            faces=faces,
            kept=kept,
            modifiers=modifiers,
            total=total,
            target=target,
            outcome=_degree(kept[0], total, target),
        )
        self._rolls.append(roll)
        return roll


def _degree(face: int, total: int, target: int | None) -> Degree | None:
    if target is None:
        return None
    if face == 20:
        return "critical"
    if face == 1:
        return "fumble"
    return "success" if total >= target else "failure"


def _drop_zeros(*modifiers: RollModifier) -> tuple[RollModifier, ...]:
    return tuple(modifier for modifier in modifiers if modifier.amount)
