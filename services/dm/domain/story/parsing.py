"""Beats of a story as a model wrote them: what is nearly one is read as one, and nothing is believed for it."""

from __future__ import annotations

from typing import Any
from unicodedata import category

from contracts.dm import Beat
from services.dm.domain.english.sentences import find_ends

KINDS = ("fact", "speech", "colour")
_SPELLINGS = {"color": "colour", "facts": "fact", "dialogue": "speech", "dialog": "speech", "say": "speech"}
MOST_BEATS = 40
MOST_FACTS = 16
LONGEST = 1000
_LONGEST_ID = 80
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_JOINERS = frozenset("\u200d")


def read_beats(given: Any) -> tuple[Beat, ...]:
    """The beats of a list, those without text left out. A bare string is a beat that cites nothing."""
    entries = given if isinstance(given, list) else []
    return tuple(beat for entry in entries if (beat := read_beat(entry)))[:MOST_BEATS]


def read_beat(entry: Any) -> Beat | None:
    """One beat; None when there is no text in it."""
    if isinstance(entry, str):
        entry = {"text": entry}
    text = _visible(entry["text"]) if isinstance(entry, dict) and isinstance(entry.get("text"), str) else ""
    if not text:
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
            "text": text[:LONGEST],
            "facts": cited,
            "who": who,
            "about": _id(entry.get("about")),
        }
    )


def split_prose(narrative: str) -> tuple[Beat, ...]:
    """Free text as beats: a sentence each, that cite nothing."""
    return tuple(Beat(kind="fact", text=told[:LONGEST]) for told in sentences_of(_visible(narrative)))


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text with what ends them, so that putting them together gives it again. None ends inside of a
    quotation, or before a small letter."""
    rest = " ".join(text.split())
    ends = [*find_ends(rest), len(rest)] if rest else []
    starts = [0, *ends[:-1]] if ends else []
    return tuple(filter(None, (rest[start:end].strip() for start, end in zip(starts, ends, strict=True))))


def _visible(text: str) -> str:
    """A text without characters that are not seen; those that join an emoji may stay."""
    kept = (c if not c.isspace() else " " for c in text if c.isspace() or c in _JOINERS or category(c) not in _UNSEEN)
    return " ".join("".join(kept).split())


def _ids(given: Any) -> tuple[str, ...]:
    listed = given if isinstance(given, list) else [given]
    return tuple(dict.fromkeys(id for each in listed if (id := _id(each))))[:MOST_FACTS]


def _id(given: Any) -> str | None:
    """An id as it was meant: "[f3]", "npc:ferrule" and "{f3.verdict}" are f3, ferrule and f3."""
    if not isinstance(given, str):
        return None
    plain = given.strip().strip("[]{}()\"' ").rpartition(":")[2].partition(".")[0].strip()
    return plain[:_LONGEST_ID] or None
