"""The dice of a whole campaign, rolled again from the seed that was committed to before the first of them.

Proved: the seed is the one whose hash was published at the start; every roll shown is what that seed gives under its
key; every total and outcome follows from its faces; no turn, and no roll before the last one of an outcome, was left
out. So nothing was thrown again until it pleased. Not proved, for dice cannot tell: that a modifier or a target was
right (the sheet and the rules say that), or what was rolled after the last roll shown of an outcome.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from contracts.campaign import DiceOfTurn
from contracts.envelope import Ancestor
from contracts.playerapi import Dice
from contracts.tools import Roll
from ninelives.ops.proof.rolls import contradictions, departure

_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = r"(?:0|[1-9][0-9]{0,3})"
_POSITION = re.compile(rf"(?P<step>(?P<turn>t_[a-z2-7]{{26}})/(?:world/)?{_NUMBER}/{_NUMBER})/(?P<index>{_NUMBER})")
"""Turn, round, call, roll. A number has one spelling, or "/00" would be other dice in the same place."""


@dataclass(frozen=True)
class Mismatch:
    """Something that is not as it was promised. `where` is a roll's key, a turn, "seed" or "commitment"."""

    where: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """The verdict on a campaign. `verified` counts the rolls that came out the same from the committed seed."""

    campaign_id: str
    turns: int
    rolls: int
    verified: int
    seed_is_public: bool
    faces: Counter[tuple[int, int]]
    """The number of times each (sides, face) was thrown."""
    mismatches: tuple[Mismatch, ...]
    origin: Ancestor | None = None
    """Of a fork: whose dice the turns up to that one were. They are proved there, not here."""


def verify(pages: Sequence[Dice]) -> Verdict:
    """Check the complete pages of one campaign. Without the seed only what needs no seed is checked."""
    turns = [turn for page in pages for turn in page.turns]
    rolls = [roll for turn in turns for roll in turn.rolls]
    origin = pages[0].forked_from
    broken, seeds = tuple(_promise(pages)), _seeds(pages)
    # Another seed than the one that was committed to proves nothing about any roll.
    seed = bytes.fromhex(seeds.pop()) if seeds and not broken else None
    found = (
        *broken,
        *_origin(pages),
        *_order(turns, origin.turn if origin else 0),
        *_positions(turns),
        *_records(rolls, seed),
    )
    doubtful = {mismatch.where for mismatch in found}
    return Verdict(
        campaign_id=pages[0].campaign_id,
        turns=len({turn.number for turn in turns}),
        rolls=len(rolls),
        verified=sum(roll.key not in doubtful for roll in rolls) if seed else 0,
        seed_is_public=bool(_seeds(pages)),
        faces=Counter((roll.sides, face) for roll in rolls for face in roll.faces),
        origin=origin,
        mismatches=found,
    )


def _seeds(pages: Sequence[Dice]) -> set[str]:
    return {page.seed for page in pages if page.seed is not None}


def _promise(pages: Sequence[Dice]) -> Iterator[Mismatch]:
    commitments, seeds = {page.commitment for page in pages}, _seeds(pages)
    if len(commitments) > 1:
        yield Mismatch("commitment", "is not the same on every page")
    for commitment in commitments:
        if not _HASH.fullmatch(commitment):
            yield Mismatch("commitment", "is not a SHA-256 in hex")
    if len(seeds) > 1:
        yield Mismatch("seed", "is not the same on every page")
    for seed in seeds:
        if not _HASH.fullmatch(seed):
            yield Mismatch("seed", "is not 32 bytes in hex")
        elif commitments != {sha256(bytes.fromhex(seed)).hexdigest()}:
            yield Mismatch("seed", "is not the one that was committed to: its SHA-256 is another")


def _origin(pages: Sequence[Dice]) -> Iterator[Mismatch]:
    if len({page.forked_from for page in pages}) > 1:
        yield Mismatch("forked_from", "is not the same on every page")


def _order(turns: Sequence[DiceOfTurn], shared: int) -> Iterator[Mismatch]:
    """Turns count from 1 without a gap, a fork's from the one after its origin's; one with very many dice is listed in
    several parts."""
    numbers: dict[str, int] = {}
    last, last_id = shared, ""
    for turn in turns:
        first = numbers.setdefault(turn.turn_id, turn.number)
        goes_on = (turn.number, turn.turn_id) == (last, last_id) and turn.rolls
        if first != turn.number:
            yield Mismatch(f"turn {turn.number}", f"has the id of turn {first}, {turn.turn_id}")
        elif turn.number != last + 1 and not goes_on:
            yield Mismatch(f"turn {turn.number}", f"comes where turn {last + 1} belongs")
        last, last_id = turn.number, turn.turn_id


def _positions(turns: Sequence[DiceOfTurn]) -> Iterator[Mismatch]:
    """The rolls of an outcome count from 0 without a gap: one that was thrown and hidden leaves its place empty."""
    due: Counter[str] = Counter()
    for turn in turns:
        for roll in turn.rolls:
            place = _POSITION.fullmatch(roll.key)
            if place is None or place["turn"] != turn.turn_id:
                yield Mismatch(roll.key, f"is no place in turn {turn.number}, {turn.turn_id}")
                continue
            step, index = place["step"], int(place["index"])
            if index != due[step]:
                yield Mismatch(roll.key, f"comes where roll {due[step]} of this outcome belongs")
            due[step] = index + 1


def _records(rolls: Sequence[Roll], seed: bytes | None) -> Iterator[Mismatch]:
    for roll in rolls:
        for what in contradictions(roll):
            yield Mismatch(roll.key, what)
        other = departure(roll, seed) if seed else None
        if other:
            yield Mismatch(roll.key, other)
