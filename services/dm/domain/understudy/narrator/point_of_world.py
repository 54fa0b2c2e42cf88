"""Point of a question about the world at large: what everybody knows of it, from the pack's own introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.stems import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.dm.domain.understudy.narrator.grammar import Voice
    from services.dm.domain.understudy.narrator.inquiry import Inquiry

_ENDS = "Tone:"
"""The line that follows the introduction."""


def tell_world(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The whole of what everybody knows."""
    if told := " ".join(_introduce(asked)):
        yield voice.says("common", told=told)


def find_common(asked: Inquiry, voice: Voice) -> Iterator[str]:
    """The first sentence of what everybody knows that holds all that was asked about."""
    sought = frozenset(stems(" ".join(asked.things)))
    told = next((one for one in _introduce(asked) if sought and sought.issubset(stems(one))), "")
    if told:
        yield voice.says("common", told=told)


def _introduce(asked: Inquiry) -> list[str]:
    """The sentences under the world's own name, as far as they hide nothing."""
    lines = asked.request.common.partition(_ENDS)[0].splitlines()
    return [one for line in lines if not line.startswith("#") for one in split_sentences(line)]


TELL = (tell_world, find_common)
