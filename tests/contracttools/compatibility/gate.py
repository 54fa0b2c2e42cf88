"""The gate in the words of its tests: schemas as short Python values, verdicts as sets."""

from __future__ import annotations

import json
from typing import Any

from ninelives.contracttools.compatibility.compatibility import breaks
from ninelives.contracttools.compatibility.document import Document, parse
from ninelives.contracttools.compatibility.findings import Break

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}
NUMBER: dict[str, Any] = {"type": "number"}
NULL: dict[str, Any] = {"type": "null"}

FINE: set[str] = set()
BACKWARD, FORWARD, BOTH = {"backward"}, {"forward"}, {"backward", "forward"}


def record(properties: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), **more}


def variant(kind: str, **properties: Any) -> dict[str, Any]:
    """A branch of a discriminated union as pydantic writes it: the tag has a default and is not required."""
    return record({"kind": {"type": "string", "const": kind, "default": kind}, **properties})


def tag_variants(*variants: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": list(variants), "discriminator": {"propertyName": "kind"}}


def document(schema: Any) -> Document:
    return parse(json.dumps(schema))


def findings(old: Any, new: Any) -> list[Break]:
    return breaks(document(old), document(new))


def find_broken(old: Any, new: Any) -> set[str]:
    """The directions in which the change breaks."""
    return {found.direction for found in findings(old, new)}


def name_findings(old: Any, new: Any) -> set[tuple[str, str, str]]:
    """Each finding as (direction, path, rule)."""
    return {(found.direction, found.path, found.rule) for found in findings(old, new)}
