"""Catalogue: the intents a game master may propose, as the tools service publishes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

JsonSchema = dict[str, Any]


@dataclass(frozen=True)
class ToolSpec:
    """One intent: its name, what it is for, and the JSON Schema of its arguments.

    `refers_to` says what kind of thing each argument points at (see `presence`); arguments that say how are not in it.
    Models are not told of it.
    """

    name: str
    description: str
    input_schema: JsonSchema
    refers_to: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> dict[str, Any]:
        """The part of it that a model gets."""
        return {"name": self.name, "description": self.description, "input_schema": self.input_schema}

    @cached_property
    def characters(self) -> int:
        """The length of `sent` in characters, approximately."""
        return len(str(self.sent))


@dataclass(frozen=True)
class Catalogue:
    """All of them, in the published order."""

    tools: tuple[ToolSpec, ...]

    def tool(self, name: str) -> ToolSpec | None:
        """The intent of this name."""
        return next((tool for tool in self.tools if tool.name == name), None)


def parse(published: str) -> Catalogue:
    """Read the published document: a list of `{name, description, input_schema, refers_to}`."""
    return Catalogue(
        tuple(
            ToolSpec(tool["name"], tool["description"], tool["input_schema"], tool.get("refers_to", {}))
            for tool in json.loads(published)
        )
    )
