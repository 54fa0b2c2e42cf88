"""Rates of stories as text: both splits in figures, dev in words as well."""

from __future__ import annotations

from collections.abc import Iterator

from ninelives.evaluation.stories.corpus import LabelledStory
from ninelives.evaluation.stories.measuring import FORMS, RATES, SPLITS, Measured, is_failure
from ninelives.evaluation.stories.publishing import cell
from ninelives.evaluation.stories.telling import Part, ToldStory


def lines(measured: Measured) -> Iterator[str]:
    """The whole report. Nothing of test but its rates."""
    for split in SPLITS:
        for form in FORMS:
            rates = measured.rates(split, form)
            if rates:
                yield f"{split}, {form}"
                yield from (f"  {name:<42} {cell(rates[name])}" for name in RATES if name in rates)
    yield f"\nstories of dev that were not told as they should be: {len(measured.failed)}"
    for told in measured.failed:
        yield from _show_failure(told)


def _show_failure(told: ToldStory) -> Iterator[str]:
    assert told.entry.split == "dev" and is_failure(told)
    where = f"{told.entry.id} {told.form} {told.entry.situation}"
    if told.missing:
        yield f"  missing {where}: {', '.join(told.missing)}"
    if told.is_honest and told.was_handed_over:
        yield f"  handed over {where}"
    if told.lie and told.lie.stood != "not at all":
        category = told.entry.category if isinstance(told.entry, LabelledStory) else told.entry.kind
        yield f"  lie told {told.lie.stood} {where} {category}: {_words(told.lie, told=True)}"
    if told.is_honest:
        rules = _rules(told)
        for at, part in enumerate(told.parts):
            if part.stood != "whole":
                yield f"  lost {where} {part.kind} {at} {rules.get(at, '')}: {_words(part, told=False)}"


def _rules(told: ToldStory) -> dict[int, str]:
    """By beat: the rule that it broke. What was added is no beat of the story's own."""
    own = [verdict for verdict in told.routed.report.beats if verdict.verdict != "added"]
    if told.form != "beats" or len(own) != len(told.parts):
        return {}
    return {at: verdict.rule for at, verdict in enumerate(own) if verdict.rule}


def _words(part: Part, *, told: bool) -> str:
    words = [each for each, stood in zip(part.sentences, part.told, strict=True) if stood is told]
    if not words and told and part.shortened:
        return f"(the beginning of) {' '.join(part.sentences)}"
    return " ".join(words) or "(a slot that cannot be filled)"
