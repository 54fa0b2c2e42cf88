"""Rates of understanding as text: both splits in figures, dev in words as well."""

from __future__ import annotations

from collections.abc import Iterator

from ninelives.evaluation.statistics import Rate
from ninelives.evaluation.understanding.judge import OUTCOMES
from ninelives.evaluation.understanding.measuring import Measured, Missed, Tally
from ninelives.evaluation.understanding.playing import Acted
from ninelives.evaluation.understanding.wants import LabelledWant
from services.dm.domain.reading import Answer, Ask, Deed, Foreign, Refusal, Roleplay


def lines(measured: Measured) -> Iterator[str]:
    """The whole report. Nothing of test but its rates."""
    for name, tally in (("dev", measured.dev), ("test", measured.test)):
        if not tally.outcomes:
            continue
        yield f"{name}: {tally.outcomes.total()} inputs"
        for outcome in OUTCOMES:
            yield f"  {outcome:<12} {format_rate(tally.rate(outcome))}"
        yield f"  of those with a single right reading, understood {format_rate(tally.strictly_understood)}"
    for title, groups in (("what is wanted first", measured.by_kind), ("tag", measured.by_tag)):
        yield f"\ndev by {title}: understood, graceful, wrong, dead"
        yield from (_row(name, tally) for name, tally in sorted(groups.items()))
    yield f"\nnot understood in dev: {len(measured.missed)}"
    for missed in sorted(measured.missed, key=lambda each: (OUTCOMES.index(each.outcome), each.input.id)):
        yield from _show_missed(missed)


def format_rate(rate: Rate) -> str:
    """A rate with its 95 % interval."""
    if rate.value is None:
        return "of none"
    low, high = rate.interval
    return f"{rate.hits:>4}  {rate.value:>6.1%}  ({low:.1%} to {high:.1%})"


def _row(name: str, tally: Tally) -> str:
    counts = " ".join(f"{tally.outcomes[outcome]:>5}" for outcome in OUTCOMES)
    return f"  {name:<16} {counts}   {tally.rate('understood').value or 0:>6.1%} of {tally.outcomes.total()}"


def _show_missed(missed: Missed) -> Iterator[str]:
    yield f"  {missed.outcome} {missed.input.id}: {missed.input.text!r}"
    yield f"    wanted {_format_want(missed.input.want)}"
    yield f"    read   {'; '.join(map(_format_step, missed.played.acted)) or 'nothing'}"


def _format_want(want: LabelledWant) -> str:
    return want.model_dump_json(exclude_defaults=True)


def _format_step(acted: Acted) -> str:
    fate = "" if acted.fate in ("said", "done") else f" ({acted.fate})"
    match acted.meaning:
        case Deed():
            return _format_deed(acted.meaning) + fate
        case Answer(subject, about):
            return f"answer {subject}" + (f":{about}" if about else "")
        case Ask(options):
            return f"ask {' or '.join(map(_format_deed, options))}"
        case Refusal(reason, looked_for):
            return f"refuse {reason} {looked_for!r}{fate}"
        case Roleplay(manner):
            return f"roleplay {manner}"
        case Foreign(language):
            return f"language {language}"


def _format_deed(deed: Deed) -> str:
    return f"{deed.tool}({', '.join(value for value in deed.arguments.values() if value)})"
