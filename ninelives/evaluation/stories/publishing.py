"""The published rates of stories, and the page that shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pydantic import Field

from contracts.envelope import Value
from ninelives.evaluation.statistics import Rate
from ninelives.evaluation.stories.corpus import FOLDER, HARD, KNOWING, VOICES, Form, Split
from ninelives.evaluation.stories.measuring import ALL, FEWER_IS_BETTER, FORMS, LIES, RATES, SPLITS, Measured

RATES_FILE = FOLDER / "rates.json"
PAGE = Path(__file__).parents[3] / "docs" / "stories.md"
BEGIN, END = "<!-- rates: written by `ninelives dm eval --publish` -->", "<!-- end of rates -->"
_VARYING = frozenset(("told beats that lie", "dishonest turns handed over"))
"""Rates that are shown, and that no promise is made of."""
Counts = dict[str, tuple[int, int]]


class PublishedRates(Value):
    """The rates that are published, and the day they were measured on."""

    date: date
    splits: dict[Split, dict[Form, dict[str, Counts]]] = Field(description="By form and group: hits and count by name.")

    def rates(self, split: Split, form: Form, group: str = ALL) -> dict[str, Rate]:
        return {name: Rate(*counts) for name, counts in self.splits[split][form].get(group, {}).items()}


def read_published() -> PublishedRates:
    """Read the published rates."""
    return PublishedRates.model_validate_json(RATES_FILE.read_text(encoding="utf-8"))


def publish(measured: Measured, day: date) -> None:
    """Write down what was measured, here and on the page."""
    rates = PublishedRates.model_validate({"date": day.isoformat(), "splits": measured.as_json()})
    RATES_FILE.write_text(_compact(rates), encoding="utf-8")
    PAGE.write_text(renew(PAGE.read_text(encoding="utf-8"), rates), encoding="utf-8")


def drops(measured: Measured, rates: PublishedRates, splits: Iterable[Split] = SPLITS) -> tuple[str, ...]:
    """The rates that are worse than published, one sentence each: more lies told, less kept, or another corpus."""
    return tuple(
        f"{split}, {form}: {name} {now.hits} of {now.count}, {then.hits} of {then.count} published"
        for split in splits
        for form in FORMS
        for group in (ALL, *KNOWING)
        for name, then in rates.rates(split, form, group).items()
        for now in (measured.rates(split, form, group).get(name, Rate(0, 0)),)
        if name not in _VARYING and _is_worse(name, now, then)
    )


def renew(page: str, rates: PublishedRates) -> str:
    """The page with its tables written anew. Raises ValueError for one that has no place for them."""
    before, begun, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise ValueError("no place for the rates on this page")
    return "\n".join((before + BEGIN, *_tables(rates), END + after))


def cell(rate: Rate | None) -> str:
    """A rate with its counts and its interval."""
    if rate is None or rate.value is None:
        return "–"
    low, high = rate.interval
    return f"{100 * rate.value:.1f} % ({rate.hits} of {rate.count}; {100 * low:.1f} – {100 * high:.1f})"


def _is_worse(name: str, now: Rate, then: Rate) -> bool:
    if now.count != then.count:
        return True
    return now.hits > then.hits if name in FEWER_IS_BETTER else now.hits < then.hits


def _tables(rates: PublishedRates) -> Iterator[str]:
    yield f"**{rates.date.isoformat()}**\n"
    columns: tuple[tuple[Split, Form], ...] = (
        ("test", "beats"),
        ("test", "prose"),
        ("test", "texts"),
        ("dev", "beats"),
    )
    yield _row("", *(f"{split}, {form}" for split, form in columns))
    yield _row(*["---"] * (len(columns) + 1))
    measured = [rates.rates(split, form) for split, form in columns]
    yield from (
        _row(name, *(cell(each.get(name)) for each in measured)) for name in RATES if any(name in m for m in measured)
    )
    yield "\nBy voice, of test in beats:\n"
    shown = (LIES, f"{LIES} in part", "honest fact kept", "honest colour kept", "honest speech kept")
    yield _row("", *shown)
    yield _row(*["---"] * (len(shown) + 1))
    for voice in (*VOICES, *KNOWING):
        spoken = rates.rates("test", "beats", voice)
        yield _row(voice, *(cell(spoken.get(name)) for name in shown))
    yield "\nBy what the lie is about, of test; the hard ones first:\n"
    yield _row("", "told, of beats", "in part, of beats", "told, of prose")
    yield _row("---", "---", "---", "---")
    about = set(rates.splits["test"]["beats"]) - {ALL, *VOICES, *KNOWING}
    for category in sorted(about, key=lambda each: (each not in HARD, each)):
        beats, prose = rates.rates("test", "beats", category), rates.rates("test", "prose", category)
        yield _row(category, *(_count(each) for each in (beats[LIES], beats[f"{LIES} in part"], prose[LIES])))


def _count(rate: Rate) -> str:
    return f"{rate.hits} of {rate.count}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _compact(rates: PublishedRates) -> str:
    """A line for each group, so that a change can be read."""
    told = rates.model_dump(mode="json")
    groups = ",\n".join(
        f'  "{split}": {{\n'
        + ",\n".join(
            f'   "{form}": {{\n'
            + ",\n".join(f'    "{group}": {json.dumps(counts)}' for group, counts in of_form.items())
            + "\n   }"
            for form, of_form in of_split.items()
        )
        + "\n  }"
        for split, of_split in told["splits"].items()
    )
    return f'{{\n "date": "{told["date"]}",\n "splits": {{\n{groups}\n }}\n}}\n'
