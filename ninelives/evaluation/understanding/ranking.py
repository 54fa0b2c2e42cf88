"""Learning to rank what a clause may mean: from the inputs of dev, of which every option is played and judged.

The model of phrasings knows what it was shown too well. So it is trained anew without the author of an input before its
guesses at this input are evidence: a stranger's input is all that a ranking will ever see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import exp, sqrt
from random import Random
from unittest.mock import patch

from ninelives.evaluation.understanding.judge import Outcome, judge
from ninelives.evaluation.understanding.playing import play
from ninelives.evaluation.understanding.situations import setting
from ninelives.evaluation.understanding.training import bank, bank_digest, keep_heavy, list_taught, read_typed, train
from ninelives.evaluation.understanding.wants import PlayerInput
from services.dm.domain.reading import Step, phrasing_model, read
from services.dm.domain.reading.candidates import Candidate
from services.dm.domain.reading.evidence import Evidence, weigh_evidence
from services.dm.domain.reading.options import Option
from services.dm.domain.reading.ranking import UNIT, WEIGHTS
from services.dm.domain.reading.said import Said

WORTH: Mapping[Outcome, float] = {"understood": 1.0, "graceful": 0.3, "dead": 0.0, "wrong": -0.6}
EPOCHS_WITHOUT = 7
"""Rounds in which a model of phrasings learns that is not kept."""
EPOCHS, RATE, SHRINK = 10, 0.1, 0.002
_TRIED = 5
"""So many other options are played of a clause that is understood: nearly all of them are worse."""
_MISDONE, _MISREAD, _READ, _NO_BETTER = 6.0, 2.0, 0.84, 0.3
"""The worth of a clause of which the rules do what was not asked, of one that they misread, of one that they do not,
and the share of this of one of which no option is understood."""
_DISTANCE = 1.5
"""So much worse must a wrong option be than the best ones before there is no more to learn from it."""
_LEAST_SEEN = 8
"""Clauses in which evidence must occur to be weighed."""


@dataclass(frozen=True)
class Choice:
    """The options of a clause, that of the rules first: the evidence for each, and what came of the input by it."""

    evidence: tuple[Evidence, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def best(self) -> float:
        return max(WORTH[outcome] for outcome in self.outcomes)

    @property
    def worth(self) -> float:
        """The worth of the choice for learning."""
        as_ruled = {"understood": _READ, "wrong": _MISDONE}.get(self.outcomes[0], _MISREAD)
        return as_ruled * (1.0 if self.best == WORTH["understood"] else _NO_BETTER)


def author(entry: PlayerInput) -> str:
    """The letter that an author's inputs begin with; none for the first author."""
    prefix = entry.id.partition("-")[0]
    return prefix if len(prefix) == 1 else ""


def groups(entries: Sequence[PlayerInput]) -> list[list[PlayerInput]]:
    """The inputs of the first author, and those of the others by every second letter."""
    found: dict[int, list[PlayerInput]] = defaultdict(list)
    for entry in entries:
        found[2 if not author(entry) else ord(author(entry)) % 2].append(entry)
    return list(found.values())


def all_choices() -> Iterator[Choice]:
    """The choices in every input to learn from, read with phrasings that its author had no part in."""
    dev = list_taught()
    for group in groups(dev):
        others = [entry for entry in dev if entry not in group]
        known = keep_heavy(*train([*bank(), *read_typed(others)], EPOCHS_WITHOUT))
        with patch.object(phrasing_model, "weights", lambda known=known: known):
            for entry in group:
                yield from choices(entry)


def choices(entry: PlayerInput) -> Iterator[Choice]:
    """The choice in each clause of an input, the others read as the rules do."""
    there = setting(entry.situation)
    met: dict[int, tuple[Sequence[Option], Said]] = {}

    def look_on(options: Sequence[Option], said: Said) -> Candidate:
        met.setdefault(said.clause.position, (options, said))
        return options[0].candidate

    as_it_is = judge(entry.want, play(entry.text, there, partial(read, prefer=look_on)))
    for position, (options, said) in dict(met).items():
        tried = list(range(1, len(options)))
        if as_it_is == "understood" and len(tried) > _TRIED:
            tried = sorted(Random(f"{entry.id} {position}").sample(tried, _TRIED))
        evidence = weigh_evidence(options, said)
        outcomes = [judge(entry.want, play(entry.text, there, _taking(position, options[at]))) for at in tried]
        yield Choice((evidence[0], *(evidence[at] for at in tried)), (as_it_is, *outcomes))


def _taking(position: int, option: Option) -> partial[tuple[Step, ...]]:
    def take(options: Sequence[Option], said: Said) -> Candidate:
        return option.candidate if said.clause.position == position else options[0].candidate

    return partial(read, prefer=take)


def learn(met: Iterable[Choice]) -> dict[str, float]:
    """The weight of each evidence: softmax regression over the options of a clause, in steps that grow smaller with
    what a weight was moved by before."""
    telling = [choice for choice in met if len(set(choice.outcomes)) > 1]
    seen = Counter(name for choice in telling for name in {name for each in choice.evidence for name in each})
    weights: dict[str, float] = {name: 0.0 for name, often in sorted(seen.items()) if often >= _LEAST_SEEN}
    moved = dict.fromkeys(weights, 0.01)
    chance = Random(9)
    for epoch in range(EPOCHS):
        chance.shuffle(telling)
        rate = RATE / sqrt(1 + epoch)
        for choice in telling:
            for name, slope in _slope(choice, weights).items():
                slope -= SHRINK * weights[name]
                moved[name] += slope * slope
                weights[name] += rate * slope / sqrt(moved[name])
    return weights


def _slope(choice: Choice, weights: Mapping[str, float]) -> Mapping[str, float]:
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in each.items()) + (_DISTANCE if outcome == "wrong" else 0.0)
        for each, outcome in zip(choice.evidence, choice.outcomes, strict=True)
    ]
    odds = [exp(score - max(scores)) for score in scores]
    best = [odd if WORTH[o] == choice.best else 0.0 for odd, o in zip(odds, choice.outcomes, strict=True)]
    slope: dict[str, float] = defaultdict(float)
    for each, odd, right in zip(choice.evidence, odds, best, strict=True):
        step = choice.worth * (right / sum(best) - odd / sum(odds))
        for name, value in each.items():
            if name in weights:
                slope[name] += step * value
    return slope


def write(weights: Mapping[str, float]) -> None:
    """Write what the reader needs, in whole numbers."""
    whole = {name: round(weight * UNIT) for name, weight in sorted(weights.items()) if round(weight * UNIT)}
    lines = ",\n".join(f'"{name}":{weight}' for name, weight in whole.items())
    WEIGHTS.write_text(f'{{"bank":"{bank_digest()}","weights":{{\n{lines}\n}}}}\n', encoding="utf-8")
