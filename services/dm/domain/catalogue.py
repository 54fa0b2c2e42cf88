"""The intents a game master may propose, as the tools service publishes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

JsonSchema = dict[str, Any]


@dataclass(frozen=True)
class Tool:
    """One intent: its name, what it is for, and the JSON Schema of its arguments."""

    name: str
    description: str
    input_schema: JsonSchema


@dataclass(frozen=True)
class Catalogue:
    """All of them, in the published order."""

    tools: tuple[Tool, ...]

    def tool(self, name: str) -> Tool | None:
        """The intent of this name."""
        return next((tool for tool in self.tools if tool.name == name), None)


def parse(published: str) -> Catalogue:
    """Read the published document: a list of `{name, description, input_schema}`."""
    return Catalogue(tuple(Tool(t["name"], t["description"], t["input_schema"]) for t in json.loads(published)))
