"""Manifest of a told turn, from the turn as it is stored: nothing is kept for it and nobody is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from contracts.dm import GroundingReport
from contracts.manifest import SentenceManifest, TurnManifest, Words
from services.gateway.domain.disclosure import DISCLOSURE

if TYPE_CHECKING:
    from contracts.dm import BeatVerdict
    from contracts.playerapi import Turn

_BLANKS = re.compile(r"[ \t\r\n]+")
_ENDS = re.compile(r"""(?<=[.!?…])[ \t\r\n]+|(?<=[.!?…]["”’')\]])[ \t\r\n]+""")
Part = tuple[str, Words, tuple[str, ...]]
"""Of a story: its text, whose words it is, and the facts it rests on."""


def describe_turn(turn: Turn) -> TurnManifest | None:
    """The manifest of a resolved turn; None where it has no story."""
    if not (turn.narrative and turn.number and turn.told_by and turn.resolved_at) or turn.status != "resolved":
        return None
    report, usage = turn.report or GroundingReport(), turn.usage
    by_model = turn.told_by == "model" or bool(report.opening)
    story = as_read(turn.narrative)
    return TurnManifest(
        turn_id=turn.id,
        number=turn.number,
        resolved_at=turn.resolved_at,
        told_by=turn.told_by,
        model=usage.model if usage and by_model else None,
        prompt=usage.prompt if usage and by_model else None,
        digital_source_type=DISCLOSURE.source_types["model" if by_model else "understudy"],
        sha256=_digest(story),
        sentences=_sentences(story, [*_parts(turn.narrative, turn.told_by, report)]),
    )


def as_read(text: str) -> str:
    """A text as it is shown: each run of blanks is one space."""
    return _BLANKS.sub(" ", text).strip(" ")


def _sentences(story: str, parts: list[Part]) -> tuple[SentenceManifest, ...]:
    told = [(each, words, facts) for text, words, facts in parts for each in filter(None, _split(text))]
    if " ".join(each for each, *_ in told) != story:  # the report is of another text than this: it says nothing of it
        told = [(each, "mixed", ()) for each in filter(None, _split(story))]
    return tuple(
        SentenceManifest(size=len(each.encode()), sha256=_digest(each), words=words, facts=facts)
        for each, words, facts in told
    )


def _split(text: str) -> Iterator[str]:
    return (as_read(sentence) for sentence in _ENDS.split(text))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _parts(text: str, told_by: str, report: GroundingReport) -> Iterator[Part]:
    at = report.opening or 0
    yield text[:at], "mixed", ()
    if told_by == "understudy":
        yield text[at:], "understudy", ()
        return
    for beat in report.beats:
        if beat.told:
            start = at + len(text[at:]) - len(text[at:].lstrip(" "))
            at = start + beat.told
            if at > len(text):
                return
            yield text[start:at], _whose(beat), beat.facts
    # Where nothing of a reply was told, the place was described instead.
    counted = bool(report.beats) and all(beat.told == 0 for beat in report.beats) and not report.opening
    yield text[at:], "understudy" if counted else "mixed", ()


def _whose(beat: BeatVerdict) -> Words:
    return "model" if beat.verdict == "kept" else "understudy"
