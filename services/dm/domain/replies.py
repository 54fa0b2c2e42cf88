"""Replies: from whatever a model sent to a reply of the contract. Shared by all providers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from contracts.dm import Beat, DungeonMasterReplied, InvokeDungeonMaster, Usage
from contracts.tools import ToolCall
from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.story.parsing import read_beats

LONGEST_STORY = 4000
MOST_CALLS = 16
MOST_SUGGESTIONS = 8
LONGEST_SUGGESTION = 200
LARGEST_ARGUMENTS = 4096
"""Characters of JSON: ids and words need a fraction of it."""
_NAME = re.compile(r"[a-z][a-z_]{0,63}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class ToolUse:
    """A tool use as it came: `input` is whatever stood there, or a string that was no JSON object."""

    name: Any
    input: Any


@dataclass(frozen=True)
class Completion:
    """The result of one call to a model: texts, tool uses, whether it was cut off, and what it cost."""

    texts: tuple[str, ...]
    uses: tuple[ToolUse, ...]
    cut: bool
    usage: Usage


class UnreadableReply(Exception):
    """A reply cannot be read. The message says why: it goes into the reply and, in a repair, back to the model."""


def assemble_reply(
    request: InvokeDungeonMaster, texts: Iterable[str], uses: Iterable[ToolUse], *, cut: bool, usage: Usage
) -> DungeonMasterReplied:
    """The reply. Never raises: what cannot be read is a reply with stop `malformed`, what was cut off has `length`."""
    try:
        return _read(request, tuple(texts), tuple(uses), cut, usage)
    except UnreadableReply as reason:
        stop: Literal["length", "malformed"] = "length" if cut else "malformed"
        return DungeonMasterReplied(
            envelope=request.envelope, told_by="model", stop=stop, malformed=clean(str(reason))[:500], usage=usage
        )


def _read(
    request: InvokeDungeonMaster, texts: tuple[str, ...], uses: tuple[ToolUse, ...], cut: bool, usage: Usage
) -> DungeonMasterReplied:
    calls = tuple(_call(use, n) for n, use in enumerate(uses[:MOST_CALLS]) if use.name != TELL_STORY.name)
    story = next((_arguments(use) for use in uses if use.name == TELL_STORY.name), None)
    narrative, beats, suggestions = _story(story) if story is not None else (None, (), ())
    if narrative is None and not calls:
        narrative = clean("\n".join(texts)).strip() or None
    if narrative is None and not calls:
        raise UnreadableReply("The reply has neither text nor a tool use.")
    too_long = narrative is not None and len(narrative) > LONGEST_STORY
    return DungeonMasterReplied(
        envelope=request.envelope,
        told_by="model",
        calls=calls,
        narrative=narrative[:LONGEST_STORY] if narrative else None,
        beats=beats,
        suggested_actions=suggestions,
        stop="length" if cut or too_long else "tools" if calls else "complete",
        usage=usage,
    )


def _call(use: ToolUse, position: int) -> ToolCall:
    name = use.name if isinstance(use.name, str) else ""
    if not _NAME.fullmatch(name):
        raise UnreadableReply("A tool use has no tool's name.")
    return ToolCall(call_id=f"m{position}", name=name, arguments=_arguments(use))


def _arguments(use: ToolUse) -> dict[str, Any]:
    given = use.input
    if isinstance(given, str):
        try:
            given = json.loads(given or "{}")
        except (ValueError, RecursionError):
            raise UnreadableReply(f"The arguments of {str(use.name)[:60]} are not JSON.") from None
    if not isinstance(given, dict):
        raise UnreadableReply(f"The arguments of {str(use.name)[:60]} are not an object.")
    return _clean_arguments(given, str(use.name)[:60])


def _clean_arguments(given: dict[str, Any], name: str) -> dict[str, Any]:
    try:
        written = json.dumps(given, allow_nan=False)
    except (ValueError, TypeError, RecursionError):
        raise UnreadableReply(f"The arguments of {name} are not JSON.") from None
    if name != TELL_STORY.name and len(written) > LARGEST_ARGUMENTS:
        raise UnreadableReply(f"The arguments of {name} are too large.")
    cleaned: dict[str, Any] = json.loads(clean(json.dumps(given, ensure_ascii=False)))
    return cleaned


def _story(arguments: dict[str, Any]) -> tuple[str | None, tuple[Beat, ...], tuple[str, ...]]:
    """The text, the beats (none of a story in free text) and what is suggested."""
    beats = read_beats(arguments.get("beats"))
    narrative = " ".join(beat.text for beat in beats) if beats else arguments.get("narrative")
    if not isinstance(narrative, str):
        raise UnreadableReply("tell_story has no beats.")
    offered = arguments.get("suggested_actions")
    listed = offered if isinstance(offered, list) else []
    suggestions = (" ".join(clean(each).split()) for each in listed if isinstance(each, str))
    short = tuple(each for each in suggestions if 0 < len(each) <= LONGEST_SUGGESTION)
    return clean(narrative).strip(), beats, short[:MOST_SUGGESTIONS]


def clean(text: str) -> str:
    """Text that every store and every screen can take: no lone surrogates, no control characters but line ends."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", whole)


def read_count(value: Any) -> int:
    """A count as a provider reports it, or 0 when it does not."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
