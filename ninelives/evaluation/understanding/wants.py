"""Labelled inputs of players: what they type and what is wanted of it. The vocabulary is described in
`corpus/players/README.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from contracts.envelope import Slug
from ninelives.evaluation.understanding.situations import PLAYERS, Part

Kind = Literal["do", "talk", "answer", "ask", "refuse", "roleplay", "language", "any", "all"]
KINDS: tuple[Kind, ...] = ("do", "talk", "answer", "ask", "refuse", "roleplay", "language", "any", "all")
TEST_TENTHS = 4


class WantedDeed(Part):
    """A deed of the catalogue. An argument that is absent is free; a list is any of its values."""

    tool: str
    args: dict[str, str | tuple[str | None, ...] | None] = Field(default_factory=dict)


class WantedTalk(Part):
    """A talk with somebody; without a topic, any will do."""

    npc: Slug
    topic: Slug | None = None


class LabelledWant(Part):
    """The reading of an input by a good human game master: exactly one kind, and tools that must not be called."""

    do: tuple[WantedDeed, ...] | None = None
    then: tuple[WantedDeed, ...] = ()
    order: Literal["free"] | None = None
    talk: WantedTalk | None = None
    answer: str | None = None
    says: tuple[str, ...] = ()
    ask: tuple[str, ...] | None = None
    refuse: str | None = None
    names: str | None = None
    roleplay: Literal[True] | None = None
    language: str | None = None
    any: tuple[LabelledWant, ...] | None = None
    all: tuple[LabelledWant, ...] | None = None
    never: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        named = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(named) != 1:
            raise ValueError(f"one kind is wanted, not {', '.join(named) or 'none'}")
        return self

    @property
    def kind(self) -> Kind:
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def first(self) -> Kind:
        """The kind of what is wanted first where several will do."""
        return self.any[0].first if self.any else self.kind

    @property
    def is_strict(self) -> bool:
        """Whether only one reading is right."""
        return self.kind != "any" and all(part.is_strict for part in self.all or ())

    @property
    def deeds(self) -> tuple[WantedDeed, ...]:
        """Those of a `do` or a `talk`."""
        if self.talk:
            topic: dict[str, Any] = {"topic": self.talk.topic} if self.talk.topic else {}
            return (WantedDeed(tool="talk", args={"npc": self.talk.npc, **topic}),)
        return self.do or ()


class PlayerInput(Part):
    """A line of the corpus."""

    id: str
    situation: Slug
    text: str = Field(min_length=1)
    want: LabelledWant
    tags: tuple[str, ...] = ()

    @property
    def is_test(self) -> bool:
        """Of the split that is not looked at while something is built."""
        digest = sha256(f"{self.text}|{self.situation}".encode()).hexdigest()
        return int(digest[:8], 16) % 10 < TEST_TENTHS


@cache
def inputs() -> tuple[PlayerInput, ...]:
    """All of the corpus, in its order."""
    return tuple(_lines())


def _lines() -> Iterator[PlayerInput]:
    for line in (PLAYERS / "inputs.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield PlayerInput.model_validate(json.loads(line))
