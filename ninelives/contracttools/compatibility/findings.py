"""Findings of the gate: gaps of one direction, breaks of a change, and where in the message they are."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from contracts.canonical import canonical_json

Direction = Literal["backward", "forward"]

UNDECIDABLE = "undecidable"
TOO_DEEP = "definitions refer to each other too deeply to compare"

EACH = "[*]"
ANY_MEMBER = ".*"
NAMES = ".<name>"


class Unusable(Exception):
    """The input is not a schema that can be compared. The message is one line that says why."""


def member(name: str) -> str:
    """The step to a property: `.name`, or `["odd name"]` without a raw space, so that a line splits on spaces."""
    return f".{name}" if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else f"[{printable(name)}]"


def branch(tag: str, value: object) -> str:
    """The step into one branch of a discriminated union: `<kind="damage">`."""
    return f"<{tag}={printable(value)}>"


def printable(value: object) -> str:
    """JSON in ASCII without spaces or control characters, whatever the value."""
    return canonical_json(value).replace(" ", "\\u0020")


@dataclass(frozen=True)
class Gap:
    """Something the writer may send and the reader does not take. `path` is relative to where we looked."""

    rule: str
    message: str
    path: str = ""

    def under(self, step: str) -> Gap:
        return replace(self, path=step + self.path)


@dataclass(frozen=True)
class Break:
    """One finding. `rule` is the JSON Schema keyword that decides, or `type`, `union`, `undecidable`, `vanished`."""

    direction: Direction
    path: str
    rule: str
    message: str

    def __str__(self) -> str:
        """`DIRECTION PATH RULE MESSAGE`: the first three never hold a space, the whole never a line break."""
        return f"{self.direction} {self.path} {self.rule} {self.message}"


def quote(value: Any, limit: int = 80) -> str:
    """A value for a message: one line of JSON, cut when long."""
    text = json.dumps(value, sort_keys=True)
    return text if len(text) <= limit else text[: limit - 3] + "..."
