"""The gain from a second reader: labelled stories told without one, with a perfect one, and with hostile ones.

`python -m ninelives.evaluation.second_reader` prints the first table of `docs/second-reader.md`, of the dev part of the
corpus. With `--configured` it has a column for the model that `DM_PROVIDER`, `DM_JUDGE` and `DM_JUDGE_MODEL` name. With
`--recorded` it prints the second: the test part, with the answers that a large model gave once.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contracts.dm import (
    Beat,
    JudgeMode,
    JudgeNarrative,
    ReplyRouted,
    SentenceVerdict,
    UnreadSentence,
    ValidateAndRoute,
)
from contracts.errors import StageError
from ninelives.evaluation.requests import write_request
from ninelives.evaluation.statistics import Rate
from ninelives.evaluation.stories.corpus import FOLDER, LabelledStory, stories
from services.dm.domain.narration.renderings import render_facts
from services.dm.domain.story.context import survey
from services.dm.domain.story.parsing import sentences_of
from services.dm.domain.story.slots import WrongSlot, fill_slots, mark_slots
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import build_judge, catalogue, read_settings

LONGEST = 4000
RECORDED = FOLDER / "second_reader.json"
"""Answers of a large model to the prompts of the test part: the stories that it was asked about, and verdicts."""


@dataclass(frozen=True)
class SentStory:
    """A labelled story as it is sent to the check, and the sentences of each of its beats, slots filled in."""

    story: LabelledStory
    request: ValidateAndRoute
    sentences: tuple[tuple[str, ...], ...]

    def beat_of(self, sentence: str) -> tuple[int, Beat]:
        """The beat that has this sentence, and its place."""
        place = next(place for place, beat in enumerate(self.sentences) if sentence in beat)
        return place, self.story.beats[place]


Judge = Callable[[SentStory, tuple[UnreadSentence, ...]], tuple[SentenceVerdict, ...]]
Verdict = Literal["entailed", "new", "colour"]


def nobody(sent: SentStory, unread: tuple[UnreadSentence, ...]) -> tuple[SentenceVerdict, ...]:
    return ()


def oracle(sent: SentStory, unread: tuple[UnreadSentence, ...]) -> tuple[SentenceVerdict, ...]:
    """Says of each sentence what its label says of its beat. A beat of several is not trusted with its facts."""
    return tuple(_label(sent, each) for each in unread)


def says(verdict: Verdict) -> Judge:
    """Says the same of everything, and that it tells all that its beat cites."""
    return lambda sent, unread: tuple(_say(each, verdict, sent.beat_of(each.text)[1].facts) for each in unread)


def ask_configured(sent: SentStory, unread: tuple[UnreadSentence, ...]) -> tuple[SentenceVerdict, ...]:
    """The model that the environment names, asked as the service asks it. One that fails says nothing."""
    known = ("envelope", "action", "scene", "briefing", "passages", "rounds")
    asked = JudgeNarrative(**{name: getattr(sent.request, name) for name in known}, unread=unread)
    try:
        return build_judge(read_settings(os.environ)).judge(asked).verdicts
    except StageError:
        return ()


@dataclass(frozen=True)
class RecordedVerdicts:
    """Verdicts that a model gave once, by story and sentence, and the stories that it was asked about, if at all."""

    stories: frozenset[str]
    verdicts: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def judge(self, sent: SentStory, unread: tuple[UnreadSentence, ...]) -> tuple[SentenceVerdict, ...]:
        """The verdicts on record. Of a sentence that was not put to the model then, none."""
        said = self.verdicts.get(sent.story.id, {})
        return tuple(SentenceVerdict(number=each.number, **said[each.text]) for each in unread if each.text in said)


def read_record() -> RecordedVerdicts:
    """The answers that are kept."""
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))
    return RecordedVerdicts(frozenset(kept["stories"]), kept["verdicts"])


def measure_record() -> dict[str, dict[str, Rate]]:
    """The stories on record, told with nobody, with the model that answered, and with an oracle."""
    record = read_record()
    judges = {"nobody": nobody, "a large model": record.judge, "an oracle": oracle}
    return measure_judges((each for each in stories() if each.id in record.stories), judges=judges)


JUDGES: dict[str, Judge] = {
    "nobody": nobody,
    "an oracle": oracle,
    "says new to everything": says("new"),
    "says colour to everything": says("colour"),
    "says entailed to everything": says("entailed"),
}
LIES, LIES_IN_PART, HARD_LIES = "lies told", "lies told in part", "hard lies told"
KEPT = "honest {} beats kept"
SENTENCES, ON_ITS_WORD = "honest sentences kept", "facts told on its word alone"
HANDED, ASKED = "turns handed over", "turns in which it is asked"
ROWS = (
    LIES,
    LIES_IN_PART,
    HARD_LIES,
    *(KEPT.format(kind) for kind in ("fact", "colour", "speech")),
    SENTENCES,
    ON_ITS_WORD,
    HANDED,
    ASKED,
)


def measure_judges(
    told: Iterable[LabelledStory], mode: JudgeMode = "gate", judges: Mapping[str, Judge] = JUDGES
) -> dict[str, dict[str, Rate]]:
    """By judge and by what is counted: how the stories fare."""
    written = tuple(map(_write, told))
    plain = [_route(each, nobody, mode) for each in written]
    return {name: _rates(written, plain, judge, mode) for name, judge in judges.items()}


def show_table(measured: dict[str, dict[str, Rate]]) -> str:
    """The table in Markdown: a column for each judge."""
    head = [f"| | {' | '.join(measured)} |", f"|---|{'---:|' * len(measured)}"]
    rows = (f"| {row} | {' | '.join(_cell(rates[row]) for rates in measured.values())} |" for row in ROWS)
    return "\n".join((*head, *rows))


def _rates(written: tuple[SentStory, ...], plain: list[ReplyRouted], judge: Judge, mode: JudgeMode) -> dict[str, Rate]:
    hits, counts = Counter[str](), Counter[str]()
    for each, unjudged in zip(written, plain, strict=True):
        for name, holds in _marks(each, unjudged, _route(each, judge, mode)):
            counts[name] += 1
            hits[name] += holds
    return {row: Rate(hits[row], counts[row]) for row in ROWS}


def _marks(written: SentStory, plain: ReplyRouted, routed: ReplyRouted) -> Iterator[tuple[str, bool]]:
    told = f" {' '.join((routed.narrative or '').split())} " if routed.route == "respond" else ""
    stood = [[f" {sentence} " in told for sentence in beat] for beat in written.sentences]
    yield HANDED, routed.route != "respond"
    yield ASKED, bool(plain.unread)
    for rendering in filter(None, render_facts(written.request).values()):
        yield ON_ITS_WORD, bool(told) and rendering in (plain.narrative or "") and rendering not in told
    if written.story.lie is not None:
        lie = stood[written.story.lie]
        for name in (LIES, HARD_LIES) if written.story.is_hard else (LIES,):
            yield name, bool(lie) and all(lie)
        yield LIES_IN_PART, any(lie) and not all(lie)
        return
    for beat, marks in zip(written.story.beats, stood, strict=True):
        yield KEPT.format(beat.kind), bool(marks) and all(marks)
        yield from ((SENTENCES, mark) for mark in marks)


def _route(written: SentStory, judge: Judge, mode: JudgeMode) -> ReplyRouted:
    """The story as the player is told it: checked, judged if there is something to judge, and checked again."""
    reply = written.request.reply.model_copy(update={"judge": mode})
    request = written.request.model_copy(update={"reply": reply})
    routed = validate_and_route(request, catalogue())
    if routed.route != "respond" or not routed.unread:
        return routed
    if not (said := judge(written, routed.unread)):
        return routed
    return validate_and_route(request.model_copy(update={"judged": said}), catalogue())


def _write(story: LabelledStory) -> SentStory:
    text = " ".join(beat.text for beat in story.beats)[:LONGEST]
    request = write_request(story.situation, story.action, beats=story.beats, narrative=text)
    known = survey(request)
    facts = {fact.id: fact for fact in known.facts}

    def sentences(beat: Beat) -> tuple[str, ...]:
        try:
            marked = mark_slots(beat.text, facts, known.names)
        except WrongSlot:
            return ()
        return tuple(fill_slots(sentence, facts) for sentence in sentences_of(marked))

    return SentStory(story, request, tuple(map(sentences, story.beats)))


def _label(sent: SentStory, unread: UnreadSentence) -> SentenceVerdict:
    place, beat = sent.beat_of(unread.text)
    if place == sent.story.lie:
        return _say(unread, "new")
    if beat.kind == "colour":
        return _say(unread, "colour")
    return _say(unread, "entailed", beat.facts if len(sent.sentences[place]) == 1 else ())


def _say(unread: UnreadSentence, verdict: Verdict, facts: tuple[str, ...] = ()) -> SentenceVerdict:
    return SentenceVerdict(number=unread.number, verdict=verdict, agency=False, secret=False, facts=facts)


def _cell(each: Rate) -> str:
    return "–" if each.value is None else f"{each.value:.1%} ({each.hits} of {each.count})".replace("%", " %")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--configured", action="store_true", help="ask the model of DM_PROVIDER and DM_JUDGE_MODEL, too"
    )
    parser.add_argument(
        "--recorded", action="store_true", help="of the test part, with what a large model answered once"
    )
    given = parser.parse_args()
    if given.recorded:
        print(show_table(measure_record()))
        return
    judges = {**JUDGES, **({"the configured model": ask_configured} if given.configured else {})}
    print(show_table(measure_judges((each for each in stories() if each.split == "dev"), judges=judges)))


if __name__ == "__main__":
    main()
