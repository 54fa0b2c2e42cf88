"""Keywords that the gate reads. Everything else is refused: an unknown word may mean anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ninelives.contracttools.compatibility.grammar import Schema

ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"}
    | {"discriminator", "$defs", "definitions"}
)
"""Keywords that no validator acts on. So does every `x-…`, `x-extensible-enum` among them."""

UNIONS = ("anyOf", "oneOf")
ELSEWHERE = ("$ref", "allOf", *UNIONS)
"""Keywords that send us to other schemas. The gate reads them only where they stand alone."""

CONSTRAINTS = frozenset(
    {"type", "enum", "const", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    | {"minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"}
    | {"items", "prefixItems", "minItems", "maxItems", "uniqueItems"}
    | {"properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"}
    | {"patternProperties"}
)


def constraining(schema: Mapping[str, Any]) -> set[str]:
    """The keywords of this schema that can refuse a value."""
    return {word for word in schema if word not in ANNOTATIONS and not word.startswith("x-")}


def unread(schema: Schema) -> str | None:
    """The reason why the gate does not read this schema (its own keywords, not those inside), or None when it does."""
    if isinstance(schema, bool):
        return None
    words = constraining(schema)
    strange = words - CONSTRAINTS - set(ELSEWHERE)
    if strange:
        return f"the gate does not read {', '.join(sorted(strange))}"
    for word in ELSEWHERE:
        if word in words and len(words) > 1:
            return f"the gate reads {word} only without {', '.join(sorted(words - {word}))}"
    return _unread_reference(schema) or _unread_union(schema) or _unread_pattern_map(schema)


def _unread_reference(schema: Mapping[str, Any]) -> str | None:
    reference = schema.get("$ref", "#")
    if reference != "#" and not reference.startswith("#/"):
        return "$ref leads out of the document, or to an anchor"
    if len(schema.get("allOf", [])) > 1:
        return "the gate reads allOf only with one element"
    return None


def _unread_union(schema: Mapping[str, Any]) -> str | None:
    tag = schema.get("discriminator")
    if tag is None or (isinstance(tag, Mapping) and isinstance(tag.get("propertyName"), str)):
        return None
    return "discriminator has no propertyName"


def _unread_pattern_map(schema: Mapping[str, Any]) -> str | None:
    """`patternProperties` is read as pydantic writes it: one pattern, for a map whose keys all follow it."""
    patterns = schema.get("patternProperties", {})
    beside = schema.keys() & {"properties", "additionalProperties", "propertyNames", "required"}
    if patterns and (len(patterns) > 1 or beside):
        return "the gate reads patternProperties only for a map with one pattern of key"
    return None
