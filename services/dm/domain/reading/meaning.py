"""Meanings that a clause of an action can have. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Deed:
    """A tool of the catalogue with its arguments: ids of what is here or carried, or null."""

    tool: str
    arguments: Mapping[str, str | None]


@dataclass(frozen=True)
class Answer:
    """A question that the scene can answer: its subject, and the id of what it is about. `asked`: its own words, which
    say what of all that is to be told first; `doubtful`: whether something else may well have been asked."""

    subject: str
    about: str | None = None
    asked: tuple[str, ...] = field(default=(), compare=False)
    doubtful: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Ask:
    """Two readings alike near: which one? With one option: is that meant?"""

    options: tuple[Deed, ...]
    about: str = ""


@dataclass(frozen=True)
class Impossible:
    """The reason why nothing is done. `near`: ids of what is like it here; `deed`: what the rules would refuse;
    `said`: the clauses that meant it, for the story."""

    reason: str
    looked_for: str = ""
    near: tuple[str, ...] = ()
    deed: Deed | None = None
    said: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Roleplay:
    """Something that the story responds to in kind. `near`, of a murmur: phrasings of what it could have meant;
    `said`: the clauses that meant it, for the story."""

    manner: str
    about: str | None = None
    near: tuple[str, ...] = ()
    said: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Foreign:
    """Another language, by its ISO 639-1 code."""

    language: str


Meaning = Deed | Answer | Ask | Impossible | Roleplay | Foreign


@dataclass(frozen=True)
class Step:
    """A clause's meaning, with a position that is the same however often the action is read in one turn."""

    position: int
    text: str
    meaning: Meaning
