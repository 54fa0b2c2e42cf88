"""Speech: the story in a reply that is still coming, as far as it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from contracts.dm import Beat
from services.dm.domain.english.sentences import closes, find_ends
from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.replies import clean
from services.dm.domain.story.parsing import read_beats, split_prose

_MACHINE = re.compile(r"[{\[<]|```")
_ANSWERS = re.compile(
    r"(?:i['’]m sorry|i apolog|sorry|sure|certainly|of course|okay|ok\b|here is|here['’]s|as an ai)", re.I
)


@dataclass(frozen=True)
class Piece:
    """A piece of a reply: of its which part, for which tool (none: plain text), and what came. Parts come in order."""

    part: int
    tool: str | None
    text: str


class Speech:
    """Puts pieces together. An intent ends the story: what is told behind it was told ahead of the rules.

    Plain text is a story only where no intents are allowed; elsewhere it may be a model thinking aloud.
    """

    def __init__(self, *, tools_allowed: bool) -> None:
        self._tools_allowed = tools_allowed
        self._part: int | None = None
        self._tool: str | None = None
        self._said = ""
        self._over = False

    def beats(self, piece: Piece) -> tuple[Beat, ...] | None:
        """The beats that are complete with this piece, from the first one; None when it is no part of a story."""
        if self._over or not self._belongs(piece):
            return None
        self._said += piece.text
        if self._tool is None:
            return _prose(speakable(clean(self._said)), finished=False)
        return _complete(self._said)

    def _belongs(self, piece: Piece) -> bool:
        """Whether it is of the one part that is the story: the first, thoughts left out. Any other part ends it."""
        if self._part is None:
            if piece.tool is None and self._tools_allowed:
                return False
            self._over = piece.tool not in (None, TELL_STORY.name)
            self._part, self._tool = piece.part, piece.tool
        self._over = self._over or piece.part != self._part
        return not self._over


def speakable(text: str) -> str:
    """Plain text as far as it is certainly told to the player: up to the first mark of JSON, of a fence or of thoughts,
    and none of it when it begins as one who answers does, not as one who tells."""
    plain = _MACHINE.split(text, maxsplit=1)[0].lstrip()
    return "" if _ANSWERS.match(plain) else plain


def _complete(arguments: str) -> tuple[Beat, ...]:
    """The beats of arguments that still come: the last one is complete when something follows it."""
    try:
        given: Any = from_json(arguments, allow_partial="trailing-strings")
    except ValueError:
        return ()
    if not isinstance(given, dict) or not given:
        return ()
    goes_on = next(reversed(given)) in ("beats", "narrative") and not _is_whole(arguments)
    if isinstance(given.get("beats"), list):
        return read_beats(given["beats"][:-1] if goes_on else given["beats"])
    narrative = given.get("narrative")
    return _prose(clean(narrative), finished=not goes_on) if isinstance(narrative, str) else ()


def _is_whole(arguments: str) -> bool:
    try:
        from_json(arguments)
    except ValueError:
        return False
    return True


def _prose(text: str, *, finished: bool) -> tuple[Beat, ...]:
    """The complete sentences of free text."""
    whole = text.strip()
    end = len(whole) if finished and closes(whole) else max((0, *find_ends(whole)))
    return split_prose(whole[:end])
