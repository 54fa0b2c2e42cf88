"""Beats of a story as a model wrote them: what is nearly one is read as one, and nothing is believed for it."""

from __future__ import annotations

from typing import Any

from contracts.dm import Beat
from services.dm.domain.english.sentences import split_sentences

KINDS = ("fact", "speech", "colour")
_SPELLINGS = {"color": "colour", "facts": "fact", "dialogue": "speech", "dialog": "speech", "say": "speech"}
MOST_BEATS = 40
MOST_FACTS = 16
LONGEST = 1000
_LONGEST_ID = 80


def read_beats(given: Any) -> tuple[Beat, ...]:
    """The beats of a list, those without text left out. A bare string is a beat that cites nothing."""
    entries = given if isinstance(given, list) else []
    return tuple(beat for entry in entries if (beat := read_beat(entry)))[:MOST_BEATS]


def read_beat(entry: Any) -> Beat | None:
    """One beat; None when there is no text in it."""
    if isinstance(entry, str):
        entry = {"text": entry}
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or not entry["text"].strip():
        return None
    cited = _ids(entry.get("facts"))
    who = _id(entry.get("who"))
    kind = str(entry.get("kind", "")).casefold()
    kind = _SPELLINGS.get(kind, kind)
    if kind not in KINDS:
        kind = "speech" if who else "fact"
    return Beat.model_validate(
        {
            "kind": kind,
            "text": entry["text"].strip()[:LONGEST],
            "facts": cited,
            "who": who,
            "about": _id(entry.get("about")),
        }
    )


def split_prose(narrative: str) -> tuple[Beat, ...]:
    """Free text as beats: a sentence each, that cite nothing."""
    return tuple(Beat(kind="fact", text=told[:LONGEST]) for told in split_sentences(narrative) if told.strip())


def _ids(given: Any) -> tuple[str, ...]:
    listed = given if isinstance(given, list) else [given]
    return tuple(dict.fromkeys(id for each in listed if (id := _id(each))))[:MOST_FACTS]


def _id(given: Any) -> str | None:
    """An id as it was meant: "[f3]", "npc:ferrule" and "{f3.verdict}" are f3, ferrule and f3."""
    if not isinstance(given, str):
        return None
    plain = given.strip().strip("[]{}()\"' ").rpartition(":")[2].partition(".")[0].strip()
    return plain[:_LONGEST_ID] or None
