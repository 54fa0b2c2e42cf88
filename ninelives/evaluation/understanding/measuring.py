"""The rates of understanding. Of the test split nothing but counts is kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import Field

from ninelives.evaluation.statistics import Rate
from ninelives.evaluation.understanding.judge import OUTCOMES, Outcome, judge
from ninelives.evaluation.understanding.playing import Playthrough, Read, play
from ninelives.evaluation.understanding.situations import PLAYERS, Part, setting
from ninelives.evaluation.understanding.wants import PlayerInput

RATES = PLAYERS / "rates.json"
Split = Literal["dev", "test"]


@dataclass
class Tally:
    """Counts of inputs, by the way they came out."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    strict: Counter[Outcome] = field(default_factory=Counter)
    """Of those with a single right reading."""

    def counts(self, outcome: Outcome, is_strict: bool) -> None:
        self.outcomes[outcome] += 1
        if is_strict:
            self.strict[outcome] += 1

    def rate(self, outcome: Outcome) -> Rate:
        return Rate(self.outcomes[outcome], self.outcomes.total())

    @property
    def strictly_understood(self) -> Rate:
        return Rate(self.strict["understood"], self.strict.total())


@dataclass(frozen=True)
class Missed:
    """An input of dev that was not understood, and what came of it."""

    input: PlayerInput
    outcome: Outcome
    played: Playthrough


@dataclass(frozen=True)
class Measured:
    """Rates of both splits; of dev also those by kind of want and by tag, and what was missed."""

    dev: Tally
    test: Tally
    by_kind: dict[str, Tally]
    by_tag: dict[str, Tally]
    missed: tuple[Missed, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            **{split: _figures(tally) for split, tally in (("dev", self.dev), ("test", self.test))},
            "dev_by_kind": {kind: _figures(tally) for kind, tally in sorted(self.by_kind.items())},
            "dev_by_tag": {tag: _figures(tally) for tag, tally in sorted(self.by_tag.items())},
            "dev_missed": [
                {"id": each.input.id, "outcome": each.outcome, "text": each.input.text} for each in self.missed
            ],
        }


class PublishedTally(Part):
    """The measured counts of a split, which are the same at every run."""

    inputs: int
    understood: int
    graceful: int
    wrong: int
    dead: int
    strict: int = Field(description="Inputs with a single right reading.")
    strictly_understood: int


class PublishedRates(Part):
    """The rates that are published, and the day they were measured on."""

    date: date
    dev: PublishedTally
    test: PublishedTally


def measure(entries: Iterable[PlayerInput], read: Read) -> Measured:
    """Play and judge every input."""
    splits: dict[Split, Tally] = {"dev": Tally(), "test": Tally()}
    by_kind: dict[str, Tally] = {}
    by_tag: dict[str, Tally] = {}
    missed: list[Missed] = []
    for entry in entries:
        played = play(entry.text, setting(entry.situation), read)
        outcome, strict = judge(entry.want, played), entry.want.is_strict
        if entry.is_test:
            splits["test"].counts(outcome, strict)
            continue
        splits["dev"].counts(outcome, strict)
        by_kind.setdefault(entry.want.first, Tally()).counts(outcome, strict)
        for tag in entry.tags:
            by_tag.setdefault(tag, Tally()).counts(outcome, strict)
        if outcome != "understood":
            missed.append(Missed(entry, outcome, played))
    return Measured(splits["dev"], splits["test"], by_kind, by_tag, tuple(missed))


def read_published() -> PublishedRates:
    """Read the published rates."""
    return PublishedRates.model_validate_json(RATES.read_text(encoding="utf-8"))


def publish(measured: Measured, day: date) -> None:
    """Write down what was measured."""
    rates = {"date": day.isoformat(), "dev": _figures(measured.dev), "test": _figures(measured.test)}
    RATES.write_text(json.dumps(rates, indent=2) + "\n", encoding="utf-8")


def drops(measured: Measured, rates: PublishedRates) -> tuple[str, ...]:
    """The counts that are worse than published, one sentence each: fewer understood, more wrong, more dead, or other
    inputs."""
    return tuple(
        f"{split}: {now[name]} {name}, {then[name]} published"
        for split, tally, told in (("dev", measured.dev, rates.dev), ("test", measured.test, rates.test))
        for now, then in ((_figures(tally), told.model_dump()),)
        for name in ("inputs", "understood", "wrong", "dead")
        if _is_worse(name, now[name], then[name])
    )


def _is_worse(name: str, now: int, then: int) -> bool:
    if name == "inputs":
        return now != then
    return now < then if name == "understood" else now > then


def _figures(tally: Tally) -> dict[str, int]:
    return {
        "inputs": tally.outcomes.total(),
        **{outcome: tally.outcomes[outcome] for outcome in OUTCOMES},
        "strict": tally.strict.total(),
        "strictly_understood": tally.strict["understood"],
    }
