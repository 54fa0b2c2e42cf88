"""The hunt for planted bugs: in how many turns each is found, and by which clause."""

from __future__ import annotations

from dataclasses import dataclass

from tests.simulation.planting import Mutation
from tests.simulation.simulation import simulate

SEEDS, TURNS = 120, 6


@dataclass(frozen=True)
class Found:
    """After how many turns and under which seed a bug was found, and what told of it; None when nothing did."""

    bug: Mutation
    turns: int
    seed: int
    clause: str | None


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
