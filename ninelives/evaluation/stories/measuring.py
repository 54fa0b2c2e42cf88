"""Rates of stories: lies told, honest words kept, turns handed over. Of the frozen split nothing but counts is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ninelives.evaluation.statistics import Rate
from ninelives.evaluation.stories.corpus import (
    KNOWING,
    Form,
    LabelledStory,
    LabelledText,
    Split,
    knowing_stories,
    stories,
    texts,
)
from ninelives.evaluation.stories.telling import Part, ToldStory, tell_beats, tell_prose, tell_text

FORMS: tuple[Form, ...] = ("beats", "prose", "texts")
SPLITS: tuple[Split, ...] = ("test", "dev")
ALL = "all"
LIES, HARD_LIES = "lies told", "hard lies told"
MISSING = "facts that matter missing"
ALARMS = "honest turns handed over"
FEWER_IS_BETTER = (
    LIES,
    "lies told in part",
    HARD_LIES,
    "hard lies told in part",
    "told beats that lie",
    ALARMS,
    "dishonest turns handed over",
    MISSING,
)
KEPT = ("fact", "colour", "speech", "text")
RATES = (
    *FEWER_IS_BETTER,
    *(f"honest {kind} kept{how}" for kind in KEPT for how in ("", ", at least in part")),
    "honest sentences kept",
)
"""Rates that are counted, in the order they are shown."""


@dataclass
class Tally:
    """Counts of a group of stories, by what they say."""

    hits: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def rates(self) -> dict[str, Rate]:
        return {name: Rate(self.hits[name], self.counts[name]) for name in RATES if self.counts[name]}

    def add(self, told: ToldStory) -> None:
        for name, holds in _marks(told):
            self.counts[name] += 1
            self.hits[name] += holds


@dataclass(frozen=True)
class Measured:
    """Tallies by split, form and group (`all`, a voice, a category of lies), and what went wrong in dev."""

    tallies: dict[tuple[Split, Form], dict[str, Tally]]
    failed: tuple[ToldStory, ...]

    def rates(self, split: Split, form: Form, group: str = ALL) -> dict[str, Rate]:
        return self.tallies.get((split, form), {}).get(group, Tally()).rates

    def as_json(self) -> dict[str, Any]:
        """Counts by split, form, group and name; each `[hits, count]`."""
        return {
            split: {
                form: {
                    group: {name: [each.hits, each.count] for name, each in tally.rates.items()}
                    for group, tally in sorted(self.tallies.get((split, form), {}).items())
                }
                for form in FORMS
            }
            for split in SPLITS
        }


def measure_all() -> Measured:
    """Every labelled story, as beats and as prose, and every labelled text."""
    return measure((*stories(), *knowing_stories()), texts())


def measure(told_in_beats: Iterable[LabelledStory], written: Iterable[LabelledText] = ()) -> Measured:
    """Tell these stories and count what came of them."""
    tallies: dict[tuple[Split, Form], dict[str, Tally]] = {}
    failed: list[ToldStory] = []
    for told in _tell(told_in_beats, written):
        groups = tallies.setdefault((told.entry.split, told.form), {})
        for group in _groups(told.entry):
            groups.setdefault(group, Tally()).add(told)
        if told.entry.split == "dev" and is_failure(told):
            failed.append(told)
    return Measured(tallies, tuple(failed))


def is_failure(told: ToldStory) -> bool:
    """Whether anything of it is not as it should be."""
    if told.missing or (told.is_honest and told.was_handed_over):
        return True
    if told.lie and told.lie.stood != "not at all":
        return True
    return told.is_honest and any(part.stood != "whole" for part in told.parts)


def _tell(told_in_beats: Iterable[LabelledStory], written: Iterable[LabelledText]) -> Iterator[ToldStory]:
    for entry in told_in_beats:
        yield tell_beats(entry)
        yield tell_prose(entry)
    yield from map(tell_text, written)


def _groups(entry: LabelledStory | LabelledText) -> tuple[str, ...]:
    if isinstance(entry, LabelledText):
        return (ALL,)
    if entry.voice in KNOWING:
        return (entry.voice,)
    return (ALL, entry.voice, *((entry.category,) if entry.category else ()))


def _marks(told: ToldStory) -> Iterator[tuple[str, bool]]:
    yield MISSING, bool(told.missing)
    for part in told.parts:
        if part.stood != "not at all":
            yield "told beats that lie", part.lies and part.stood == "whole"
    if lie := told.lie:
        for name in (LIES, HARD_LIES) if isinstance(told.entry, LabelledStory) and told.entry.is_hard else (LIES,):
            yield name, lie.stood == "whole"
            yield f"{name} in part", lie.stood == "in part"
        yield "dishonest turns handed over", told.was_handed_over
        return
    yield ALARMS, told.was_handed_over
    for part in told.parts:
        yield from _mark_honest(part)


def _mark_honest(part: Part) -> Iterator[tuple[str, bool]]:
    yield f"honest {part.kind} kept", part.stood == "whole"
    yield f"honest {part.kind} kept, at least in part", part.stood != "not at all"
    yield from (("honest sentences kept", told) for told in part.told)
