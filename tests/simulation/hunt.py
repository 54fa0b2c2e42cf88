"""The hunt for planted bugs: in how many turns each is found, and by which clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.simulation.planting import Mutation
from tests.simulation.simulation import simulate

SEEDS, TURNS = 300, 8


@dataclass(frozen=True)
class Found:
    """A bug, the number of turns after which it was found, the seed, and the clause it broke; None when not found."""

    bug: Mutation
    turns: int
    seed: int
    clause: str | None


HEAD = f"""# Planted bugs

Mutations of the system ([`tests/simulation/mutations.py`](../tests/simulation/mutations.py)), each of which the
simulation must find: seed after seed from 0 on, {TURNS} turns asked for under each, at most {SEEDS} seeds. Written by
`ninelives simulate --bugs docs/planted-bugs.md`, which fails for a bug that is not found.

| the bug | is in | found after turns | under seed | by |
|---|---|---|---|---|
"""


def table_of(found: Sequence[Found]) -> str:
    """The table that is published."""
    return HEAD + "".join(
        f"| {each.bug.says} | `{each.bug.where}` | {each.turns} | {each.seed} | {each.clause or '**not found**'} |\n"
        for each in found
    )


def hunt(bug: Mutation, seeds: int = SEEDS, turns: int = TURNS) -> Found:
    """Play seed after seed with the bug, until something is wrong. A simulation that breaks down has found it, too."""
    played = 0
    for seed in range(seeds):
        try:
            report = simulate(seed, turns, bug=bug)
        except Exception as error:
            return Found(bug, played + turns, seed, type(error).__name__)
        played += report.turns
        if report.wrong:
            return Found(bug, played, seed, report.wrong[0].partition(":")[0])
    return Found(bug, played, seeds, None)
