"""Assembly of a turn's story from a reply: what stands of its beats, and what is so in place of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from contracts.dm import (
    Beat,
    BeatVerdict,
    DungeonMasterReplied,
    JudgedSentences,
    UnreadSentence,
    ValidateAndRoute,
)
from contracts.state import ContentLevel
from services.dm.domain.grounding.evidence import Evidence, gather_evidence
from services.dm.domain.grounding.names_and_figures import find_leaked
from services.dm.domain.grounding.prompt_leakage import find_prompt_leakage
from services.dm.domain.narration.renderings import render_facts, render_scene
from services.dm.domain.safety.levels import level_of
from services.dm.domain.safety.rules import find_concern
from services.dm.domain.story.context import StoryContext, survey
from services.dm.domain.story.parsing import sentences_of, split_prose
from services.dm.domain.story.second_reader import SecondReader
from services.dm.domain.story.teller import LONGEST, Teller, ToldBeat, asks_for_deed
from services.dm.domain.story.verify import verify

HIDDEN, MACHINERY, CONTENT = "hidden-name", "machinery", "content"


@dataclass(frozen=True)
class StoryTold:
    """The story of a turn with this reply."""

    text: str
    verdicts: tuple[BeatVerdict, ...]
    is_understudys: bool = False
    """Whether the understudy is to tell it: nothing stands, and what was typed leaves the game, or all that the reply
    told was a deed that it should have called for."""
    leaves_game: bool = False
    """Whether what was typed does."""
    asked: tuple[UnreadSentence, ...] = ()
    """Sentences that a second reader is asked about, or was."""
    judged: JudgedSentences | None = None


def open_teller(request: ValidateAndRoute, opening: str | None, evidence: Evidence | None = None) -> Teller:
    """A teller that goes on from what the player was told of this turn."""
    known, rendering = survey(request), render_facts(request)
    evidence = evidence or gather_evidence(request)
    told = _told_in(opening, known, rendering) if opening else ()
    said = frozenset(sentences_of(opening)) if opening else frozenset()
    reader = SecondReader(request.reply.judge, request.judged or ())
    room = LONGEST - len(opening or "")
    return Teller(known, rendering, _forbid(evidence, level_of(request.scene)), told, said, reader, room)


def assemble(request: ValidateAndRoute, evidence: Evidence | None = None) -> StoryTold:
    """The story, opening included. `evidence` is that of the request, where it was gathered before."""
    reply = request.reply
    teller = open_teller(request, reply.opening, evidence)
    away = teller.known.leaves_game
    parts = [told for beat in beats_of(reply) for told in teller.tell(beat)]
    parts += teller.finish()
    text, verdicts = _tell(reply.opening or "", parts)
    asked, judged = teller.reader.asked, teller.reader.counts
    if text:
        return StoryTold(text, verdicts, leaves_game=away, asked=asked, judged=judged)
    handed_over = away or (teller.met_news and asks_for_deed(request.action))
    return StoryTold(render_scene(request), verdicts, handed_over, away, asked, judged)


def beats_of(reply: DungeonMasterReplied) -> tuple[Beat, ...]:
    """The beats of a reply; of free text, its sentences."""
    return reply.beats or split_prose(reply.narrative or "")


def join(parts: Iterable[str]) -> str:
    """Parts of a story, as one text that the contract bears: what does not fit is left out whole."""
    text = ""
    for part in parts:
        text = _add(text, part)
    return text


def _add(text: str, part: str) -> str:
    longer = f"{text} {part}" if text and part else text or part
    return longer if len(longer) <= LONGEST else text


def _tell(opening: str, parts: Iterable[ToldBeat]) -> tuple[str, tuple[BeatVerdict, ...]]:
    """The story, and for each beat what became of it and how many of the story's characters it came to."""
    text, verdicts = _add("", opening), []
    for told in parts:
        longer = _add(text, told.text)
        came_to = len(told.text) if longer != text else 0
        verdicts.append(told.verdict.model_copy(update={"told": came_to}))
        text = longer
    return text, tuple(verdicts)


def _forbid(evidence: Evidence, level: ContentLevel) -> Callable[[str], str]:
    """The rule for what no story says, whatever is so; at this level of content."""

    def rule(sentence: str) -> str:
        if find_leaked(sentence, evidence):
            return HIDDEN
        if any(find_prompt_leakage(sentence)):
            return MACHINERY
        return CONTENT if find_concern(sentence, level, "told") else ""

    return rule


def _told_in(opening: str, known: StoryContext, rendering: dict[str, str]) -> frozenset[str]:
    """The facts that an opening tells: in their own rendering, or in words that tell them."""
    told = {id for id, text in rendering.items() if text and text in opening}
    for sentence in sentences_of(opening):
        told |= verify(sentence, known).told
    return frozenset(told)


__all__ = ["StoryTold", "ToldBeat", "assemble", "beats_of", "join", "open_teller"]
