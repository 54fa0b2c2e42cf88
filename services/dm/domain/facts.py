"""Facts of a turn: each plain sentence of the rules, each refusal and each consequence, numbered in their order.

The numbers (`f1`, `f2` …) stand in the prompt, in the beats of a story and in its report. They follow from the rounds
alone, so whoever counts gets the same ones, and a round that is added changes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from contracts.dm import PlayedRound
from contracts.effects import Consequence
from contracts.tools import Outcome
from services.dm.domain.consequences import describe_consequence
from services.dm.domain.happenings import Happening, read_facts

REFUSAL = "refusal"


@dataclass(frozen=True, eq=False)
class TurnFact:
    """One thing that is so. `kind` is that of its happening; `refusal`, `life-lost` and `level-gained` are others."""

    id: str
    happening: Happening
    outcome: Outcome | None = None
    """The outcome that it is a part of; none: a consequence."""
    consequence: Consequence | None = None

    @property
    def kind(self) -> str:
        return self.happening.kind

    @property
    def text(self) -> str:
        return self.happening.fact


def number_facts(rounds: tuple[PlayedRound, ...]) -> tuple[TurnFact, ...]:
    """All facts of these rounds, numbered from one."""
    numbers = count(1)
    return tuple(fact for played in rounds for fact in _facts(played, numbers))


def _facts(played: PlayedRound, numbers: count[int]) -> Iterator[TurnFact]:
    for outcome in played.outcomes:
        for happening in _happenings(outcome, played.refused.get(outcome.key)):
            yield TurnFact(f"f{next(numbers)}", happening, outcome)
    for consequence in played.consequences:
        if told := describe_consequence(consequence):
            parts = {name: str(value) for name, value in consequence.model_dump(exclude={"kind"}).items()}
            happening = Happening(f"{', '.join(told)}.", consequence.kind, parts)
            yield TurnFact(f"f{next(numbers)}", happening, consequence=consequence)


def _happenings(outcome: Outcome, undone: str | None) -> tuple[Happening, ...]:
    if outcome.refusal:
        return (Happening(outcome.refusal.message, REFUSAL),)
    if undone:
        return (Happening(f"{undone} Nothing of it happened.", REFUSAL),)
    return read_facts(outcome.facts)
