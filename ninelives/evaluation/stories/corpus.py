"""The labelled stories: beats with at most one that lies, and texts that were labelled as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from pydantic import ConfigDict, Field

from contracts.dm import Beat
from contracts.envelope import Value
from ninelives.evaluation.corpus import FOLDER as CORPUS

FOLDER = CORPUS / "stories"
VOICES = ("literary", "blunt", "clumsy", "fluent")
KNOWING = ("fireside", "ember")
"""Voices of authors who had read the verifier: they are counted apart."""
HARD = frozenset(("verdict", "figure", "item", "money", "death", "exit", "secret"))
"""Categories of lies about what a player decides by."""
Form = Literal["beats", "prose", "texts"]
Split = Literal["dev", "test"]


class LabelledStory(Value):
    """A story that an author wrote for a situation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    voice: str
    situation: str
    action: str
    label: Literal["honest", "dishonest"]
    category: str = Field(description="What the lie is about; empty when there is none.")
    lie: int | None = Field(description="Which beat lies, from 0.")
    beats: tuple[Beat, ...]

    @property
    def split(self) -> Split:
        return split_of(self.id)

    @property
    def is_hard(self) -> bool:
        return self.category in HARD


class LabelledText(Value):
    """A story in free text. Of a dishonest one it is not said where it lies."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    label: Literal["honest", "dishonest"]
    kind: str = Field(description="What it is an example of.")
    situation: str
    action: str
    story: str = Field(description="May hold figures of its scene by name, `{credits}`.")

    @property
    def split(self) -> Split:
        return split_of(self.id)


def split_of(id: str) -> Split:
    """The part of the corpus that an entry is in. Two fifths are frozen."""
    return "test" if int(sha256(id.encode()).hexdigest(), 16) % 5 < 2 else "dev"


@cache
def stories() -> tuple[LabelledStory, ...]:
    return tuple(LabelledStory.model_validate(line) for voice in VOICES for line in _lines(voice))


@cache
def knowing_stories() -> tuple[LabelledStory, ...]:
    return tuple(LabelledStory.model_validate(line) for voice in KNOWING for line in _lines(voice))


@cache
def texts() -> tuple[LabelledText, ...]:
    return tuple(LabelledText.model_validate(line) for line in _lines("texts"))


@cache
def short_lies() -> tuple[tuple[str, str], ...]:
    """Situations, and lies about each in a few plain words."""
    return tuple((situation, lie) for situation, lie in _rows("short_lies"))


@cache
def hard_lies() -> tuple[tuple[str, str, str], ...]:
    """Situations, hard categories, and a lie of each, in plain and in literary words."""
    return tuple((situation, category, lie) for situation, category, lie in _rows("hard_lies"))


@cache
def kettle_lies() -> tuple[tuple[str, str, str], ...]:
    """Situations, hard categories, and a lie of each in one more voice; by `split_of`, some are test."""
    return tuple((situation, category, lie) for situation, category, lie in _rows("kettle_lies"))


@cache
def kettle_truths() -> tuple[tuple[str, str], ...]:
    """Situations, and honest sentences about each in that voice; by `split_of`, some are test."""
    return tuple((situation, truth) for situation, truth in _rows("kettle_truths"))


def _rows(name: str) -> Iterator[list[str]]:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line[:1] != "#")


def _lines(name: str) -> Iterator[Any]:
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())
