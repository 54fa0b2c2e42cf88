"""Tokens of a story's sentence: words, and names of the scene."""

from __future__ import annotations

from dataclasses import dataclass

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.context import Named

YOU, YOURS = word_set("you yourself"), word_set("your")


@dataclass(frozen=True)
class Token:
    """A word, or a name of the scene. `compared`: it stands in a comparison and tells nothing. `begins`: its sentence
    begins with it, so that its capital says little."""

    word: str
    named: tuple[Named, ...] = ()
    compared: bool = False
    capital: bool = False
    begins: bool = False
    idle: bool = False
    """Whether it is of a run of words that tell nothing together."""
    slot: str = ""
    """The fact that code writes this from, if it does."""
