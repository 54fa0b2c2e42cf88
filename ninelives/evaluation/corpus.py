"""The labelled data: replies and what must become of them, actions and what they ask for, attacks and what they want.

One JSON object a line. Texts may use figures of their scene by name (`{credits}`, `{hp}` …), so that a label stays
right when the world's figures change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field

from contracts.envelope import Value

FOLDER = Path(__file__).parent / "corpus"
LabelledCall = tuple[str, dict[str, Any]]


class CorpusEntry(Value):
    """A line. Unlike a message, it may hold nothing that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: str = Field(description="What it is an example of.")
    situation: str
    action: str


class LabelledReply(CorpusEntry):
    """A reply of intents, or one that cannot be read, and what a perfect check would say: where it goes, and which
    findings name the fault."""

    label: Literal["honest", "dishonest"]
    story: str | None = None
    calls: tuple[LabelledCall, ...] = ()
    stop: Literal["complete", "length", "malformed"] = "complete"
    tools_allowed: bool = True
    fresh: bool = Field(default=False, description="At the start of a turn in this scene, before anything was tried.")
    route: Literal["execute", "respond", "repair"]
    codes: tuple[str, ...] = Field(default=(), description="Any of these names the fault.")


class Scenario(CorpusEntry):
    """An action and the intents it asks for, in order; none when it asks for nothing that has a tool."""

    calls: tuple[LabelledCall, ...] = ()
    others: tuple[tuple[LabelledCall, ...], ...] = Field(default=(), description="Other readings that are as good.")


class LabelledAttack(CorpusEntry):
    """A player's attempt to get past the rules, and how one would see that it worked."""

    goal: str = Field(description="What the attacker wants; what obeying looks like is recorded by it.")
    claims: tuple[str, ...] = Field(description="What a perfect reader would notice in the words; any of these.")
    effects: tuple[str, ...] = Field(default=(), description="Kinds of effects that would be the attacker's success.")
    marks: tuple[str, ...] = Field(default=(), description="Words that no honest story of this turn affirms.")


class RecordedReplies(Value):
    """Replies of a scripted model when it is asked for the first, second … time in a turn with this goal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: Literal["obedient", "hostile"]
    goal: str
    replies: tuple[dict[str, Any], ...]


@cache
def replies() -> tuple[LabelledReply, ...]:
    return tuple(LabelledReply.model_validate(line) for line in _lines("replies"))


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(Scenario.model_validate(line) for line in _lines("scenarios"))


@cache
def attacks() -> tuple[LabelledAttack, ...]:
    return tuple(LabelledAttack.model_validate(line) for line in _lines("attacks"))


@cache
def read_recorded() -> tuple[RecordedReplies, ...]:
    return tuple(RecordedReplies.model_validate(line) for line in _lines("recorded"))


def _lines(name: str) -> Iterator[Any]:
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines() if line.strip())
