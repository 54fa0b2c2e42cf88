"""What a second reader buys: labelled stories told without one, with a perfect one, and with hostile ones.

`python -m ninelives.evaluation.second_reader FILE.jsonl …` prints the table of `docs/second-reader.md`. Lines of the
frozen part of the corpus are left out: it is for the rates that are published, not for looking at.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from contracts.dm import (
    Beat,
    DungeonMasterReplied,
    JudgeMode,
    ReplyRouted,
    SentenceVerdict,
    UnreadSentence,
    ValidateAndRoute,
)
from contracts.envelope import Value
from ninelives.evaluation.situations import situation
from ninelives.evaluation.statistics import Rate
from services.dm.domain.narration.narrator import as_checked
from services.dm.domain.story.renderings import render_facts
from services.dm.domain.story.slots import WrongSlot, fill_slots
from services.dm.domain.story.surroundings import survey
from services.dm.domain.story.teller import sentences_of
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue

FROZEN = 2
"""Of five parts by the hash of their ids: these are not looked at."""


class Labelled(Value):
    """A story that an author wrote for a situation. `lie`: which beat lies, from 0; `category`: what about."""

    id: str
    situation: str
    action: str
    label: Literal["honest", "dishonest"]
    category: str = ""
    lie: int | None = None
    beats: tuple[Beat, ...]


@dataclass(frozen=True)
class SentStory:
    """A labelled story as it is sent to the check, and the sentences of each of its beats, slots filled in."""

    story: Labelled
    request: ValidateAndRoute
    sentences: tuple[tuple[str, ...], ...]

    def beat_of(self, sentence: str) -> int:
        """The beat that has this sentence."""
        return next(place for place, beat in enumerate(self.sentences) if sentence in beat)


Judge = Callable[[SentStory, UnreadSentence], SentenceVerdict | None]


def nobody(written: SentStory, unread: UnreadSentence) -> SentenceVerdict | None:
    return None


def oracle(written: SentStory, unread: UnreadSentence) -> SentenceVerdict:
    """Says of each sentence what its label says of its beat. A beat of several is not trusted with its facts."""
    place = written.beat_of(unread.text)
    beat = written.story.beats[place]
    if place == written.story.lie:
        return _say(unread, "new")
    if beat.kind == "colour":
        return _say(unread, "colour")
    return _say(unread, "entailed", beat.facts if len(written.sentences[place]) == 1 else ())


def colour_to_all(written: SentStory, unread: UnreadSentence) -> SentenceVerdict:
    return _say(unread, "colour")


def new_to_all(written: SentStory, unread: UnreadSentence) -> SentenceVerdict:
    return _say(unread, "new")


def entailed_to_all(written: SentStory, unread: UnreadSentence) -> SentenceVerdict:
    """Says that each sentence tells all that its beat cites."""
    return _say(unread, "entailed", written.story.beats[written.beat_of(unread.text)].facts)


JUDGES: dict[str, Judge] = {
    "nobody": nobody,
    "an oracle": oracle,
    "says new to everything": new_to_all,
    "says colour to everything": colour_to_all,
    "says entailed to everything": entailed_to_all,
}
LIES, LIES_IN_PART, HARD_LIES = "lies told", "lies told in part", "hard lies told"
HARD = frozenset(("verdict", "figure", "item", "money", "death", "exit", "secret"))
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


def measure_judges(stories: Iterable[Labelled], mode: JudgeMode = "gate") -> dict[str, dict[str, Rate]]:
    """By judge and by what is counted: how the stories fare."""
    written = tuple(map(_write, stories))
    plain = [_told(each, nobody, mode) for each in written]
    return {name: _rates(written, plain, judge, mode) for name, judge in JUDGES.items()}


def read_stories(files: Iterable[Path]) -> Iterator[Labelled]:
    """The stories of these files that may be looked at."""
    for file in files:
        for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
            story = Labelled.model_validate_json(line)
            if int(sha256(story.id.encode()).hexdigest(), 16) % 5 >= FROZEN:
                yield story


def show_table(measured: dict[str, dict[str, Rate]]) -> str:
    """The table in Markdown: a column for each judge."""
    head = [f"| | {' | '.join(measured)} |", f"|---|{'---:|' * len(measured)}"]
    rows = (f"| {row} | {' | '.join(_cell(rates[row]) for rates in measured.values())} |" for row in ROWS)
    return "\n".join((*head, *rows))


def _rates(written: tuple[SentStory, ...], plain: list[ReplyRouted], judge: Judge, mode: JudgeMode) -> dict[str, Rate]:
    hits, counts = Counter[str](), Counter[str]()
    for each, unjudged in zip(written, plain, strict=True):
        for name, holds in _marks(each, unjudged, _told(each, judge, mode)):
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
        for name in (LIES, HARD_LIES) if written.story.category in HARD else (LIES,):
            yield name, bool(lie) and all(lie)
        yield LIES_IN_PART, any(lie) and not all(lie)
        return
    for beat, marks in zip(written.story.beats, stood, strict=True):
        yield KEPT.format(beat.kind), bool(marks) and all(marks)
        yield from ((SENTENCES, mark) for mark in marks)


def _told(written: SentStory, judge: Judge, mode: JudgeMode) -> ReplyRouted:
    """The story as the player is told it: checked, judged if there is something to judge, and checked again."""
    reply = written.request.reply.model_copy(update={"judge": mode})
    request = written.request.model_copy(update={"reply": reply})
    routed = validate_and_route(request, catalogue())
    if judge is nobody or routed.route != "respond" or not routed.unread:
        return routed
    said = (judge(written, unread) for unread in routed.unread)
    return validate_and_route(request.model_copy(update={"judged": tuple(filter(None, said))}), catalogue())


def _write(story: Labelled) -> SentStory:
    turn = situation(story.situation).asked.model_copy(update={"action": story.action})
    text = " ".join(beat.text for beat in story.beats)
    reply = DungeonMasterReplied(envelope=turn.envelope, told_by="model", beats=story.beats, narrative=text[:4000])
    request = as_checked(turn, reply)
    known = survey(request)
    facts = {fact.id: fact for fact in known.facts}

    def sentences(beat: Beat) -> tuple[str, ...]:
        try:
            return sentences_of(fill_slots(beat.text, facts, known.names))
        except WrongSlot:
            return ()

    return SentStory(story, request, tuple(map(sentences, story.beats)))


def _say(
    unread: UnreadSentence, verdict: Literal["entailed", "new", "colour"], facts: tuple[str, ...] = ()
) -> SentenceVerdict:
    return SentenceVerdict(number=unread.number, verdict=verdict, agency=False, secret=False, facts=facts)


def _cell(each: Rate) -> str:
    return "–" if each.value is None else f"{each.value:.1%} ({each.hits} of {each.count})".replace("%", " %")


if __name__ == "__main__":
    print(show_table(measure_judges(read_stories(map(Path, sys.argv[1:])))))
