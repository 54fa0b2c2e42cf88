"""Consequences: what followed from the outcomes of a turn, in words: a life that was lost, a level that was gained."""

from __future__ import annotations

from contracts.dm import PlayedRound
from contracts.effects import Consequence, LifeLost


def find_lives_lost(rounds: tuple[PlayedRound, ...]) -> tuple[LifeLost, ...]:
    """The lives this turn has cost so far, at its very beginning or in one of its rounds."""
    return tuple(each for played in rounds for each in played.consequences if each.kind == "life-lost")


def describe_consequence(consequence: Consequence) -> tuple[str, ...]:
    """Its plain facts, for a story to weave in."""
    if consequence.kind == "life-lost":
        poorer = (f"{consequence.credits_lost} credits go with it",) if consequence.credits_lost else ()
        woken = ("you wake where you are safe",) if consequence.lives_left else ()
        return ("you lose a life", *poorer, *woken, f"{consequence.lives_left} of nine lives are left")
    if consequence.kind == "level-gained":
        tougher = (f"your hit points rise by {consequence.hp_gained}",) if consequence.hp_gained else ()
        return (f"you reach level {consequence.level}", *tougher)
    return ()
