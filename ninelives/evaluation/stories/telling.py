"""Stories told: what of a labelled story reached the player, read off the told text itself and not off the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from contracts.dm import ReplyRouted
from ninelives.evaluation.requests import figures_of, fill_in, turn_of, write_request
from ninelives.evaluation.stories.corpus import Form, LabelledStory, LabelledText
from services.dm.domain.facts import number_facts
from services.dm.domain.narration.renderings import render_facts
from services.dm.domain.story.context import StoryContext, survey
from services.dm.domain.story.licences import licence_of
from services.dm.domain.story.parsing import sentences_of
from services.dm.domain.story.salvage import find_parts
from services.dm.domain.story.slots import WrongSlot, fill_slots, mark_slots
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue

LONGEST = 4000
Stood = Literal["whole", "in part", "not at all"]


@dataclass(frozen=True)
class Part:
    """A beat, or a text that was written without beats: its sentences, and which of them the player was told."""

    kind: Literal["fact", "speech", "colour", "text"]
    lies: bool
    sentences: tuple[str, ...]
    told: tuple[bool, ...] = ()
    shortened: bool = False
    """Whether the player was told the beginning of a sentence that was not told whole."""

    @property
    def stood(self) -> Stood:
        if self.told and all(self.told):
            return "whole"
        return "in part" if any(self.told) or self.shortened else "not at all"

    @property
    def untold(self) -> tuple[str, ...]:
        return tuple(each for each, told in zip(self.sentences, self.told, strict=True) if not told)


@dataclass(frozen=True)
class ToldStory:
    """A labelled story and what the player was told of it."""

    entry: LabelledStory | LabelledText
    form: Form
    routed: ReplyRouted = field(repr=False)
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    """Facts that matter and stand in the told story neither in the master's words nor in the narrator's."""

    @property
    def is_honest(self) -> bool:
        return self.entry.label == "honest"

    @property
    def was_handed_over(self) -> bool:
        """Whether the story was refused as a whole."""
        return self.routed.route != "respond"

    @property
    def lie(self) -> Part | None:
        return next((part for part in self.parts if part.lies), None)


def tell_beats(entry: LabelledStory) -> ToldStory:
    """The story as a list of beats."""
    written = _cut(" ".join(beat.text for beat in entry.beats))
    return _tell(entry, "beats", tuple(_parts(entry)), beats=entry.beats, narrative=written)


def tell_prose(entry: LabelledStory) -> ToldStory:
    """The same story as free text: its slots filled in, and nothing cited. A beat with a wrong slot is left out."""
    parts = tuple(_parts(entry))
    return _tell(entry, "prose", parts, narrative=_cut(" ".join(each for part in parts for each in part.sentences)))


def tell_text(entry: LabelledText) -> ToldStory:
    """A story that was written as free text."""
    text = fill_in(entry.story, figures_of(turn_of(entry.situation)))
    part = Part("text", entry.label == "dishonest", sentences_of(text))
    return _tell(entry, "texts", (part,), narrative=_cut(text))


def _parts(entry: LabelledStory) -> Iterator[Part]:
    known = _survey_situation(entry.situation)
    facts = {fact.id: fact for fact in known.facts}
    for at, beat in enumerate(entry.beats):
        try:
            sentences = sentences_of(fill_slots(mark_slots(beat.text, facts, known.names), facts))
        except WrongSlot:
            sentences = ()
        yield Part(beat.kind, at == entry.lie, sentences)


def _tell(entry: LabelledStory | LabelledText, form: Form, parts: tuple[Part, ...], **said: Any) -> ToldStory:
    routed = validate_and_route(write_request(entry.situation, entry.action, **said), catalogue())
    told = f" {' '.join((routed.narrative or '').split())} "
    spoken = _bare(told)
    stood = tuple(_compare(part, spoken) for part in parts)
    return ToldStory(entry, form, routed, stood, _missing(entry, routed, told))


def _compare(part: Part, told: str) -> Part:
    """The part with what of it is in the told text."""
    whole = tuple(_bare(each) in told for each in part.sentences)
    lost = (each for each, stood in zip(part.sentences, whole, strict=True) if not stood)
    return replace(part, told=whole, shortened=any(_bare(start) in told for each in lost for start in find_parts(each)))


def _bare(text: str) -> str:
    """The text without marks of quotation, which the teller puts around words that a beat gives without them."""
    return f" {' '.join(text.translate(_MARKS).split())} "


_MARKS = dict.fromkeys(map(ord, '"“”'), " ")


def _missing(entry: LabelledStory | LabelledText, routed: ReplyRouted, told: str) -> tuple[str, ...]:
    """Of a fact that a kept beat tells, the report is believed; of any other, its rendering must stand in the text."""
    if routed.route != "respond":
        return ()
    retold = {id for verdict in routed.report.beats if verdict.verdict == "kept" for id in verdict.facts}
    rendered = _renderings(entry.situation, entry.action)
    return tuple(id for id, rendering in rendered.items() if id not in retold and rendering not in told)


@cache
def _survey_situation(name: str) -> StoryContext:
    return survey(write_request(name, "", narrative="-"))


@cache
def _renderings(name: str, action: str) -> dict[str, str]:
    """By fact that matters: how the narrator tells it."""
    request = write_request(name, action, narrative="-")
    told = render_facts(request)
    matter = {fact.id for fact in number_facts(request.rounds) if told[fact.id] and not licence_of(fact).optional}
    return {id: " ".join(text.split()) for id, text in told.items() if id in matter}


def _cut(text: str) -> str:
    return text[:LONGEST]
