"""Objects: a writer sends what it declares, a reader ignores what it does not know, unless it says otherwise."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ninelives.contracttools.compatibility.findings import ANY_MEMBER, NAMES, Gap, member, quote
from ninelives.contracttools.compatibility.grammar import Schema
from ninelives.contracttools.compatibility.scalars import size_gaps

Covers = Callable[[Schema, Schema], list[Gap]]


def object_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], covers: Covers) -> Iterator[Gap]:
    writer, reader = _as_map(writer), _as_map(reader)
    for name in reader.get("required", ()):
        if name not in writer.get("required", ()):
            yield Gap("required", "the writer may omit it, the reader requires it", member(name))
    yield from _member_gaps(writer, reader, covers)
    yield from _extra_gaps(writer, reader, covers)
    yield from _name_gaps(writer, reader, covers)
    least = max(writer.get("minProperties", 0), len(writer.get("required", ())))
    closed = len(known_properties(writer)) if extras(writer) is False else math.inf
    most = min(writer.get("maxProperties", math.inf), closed)
    yield from size_gaps(least, most, reader, "minProperties", "maxProperties")


def known_properties(writer: Mapping[str, Any]) -> dict[str, Schema]:
    """The properties a writer knows by name. One that it requires and does not describe may hold anything."""
    undescribed = writer.get("additionalProperties", True)
    return {**dict.fromkeys(writer.get("required", ()), undescribed), **writer.get("properties", {})}


def extras(writer: Mapping[str, Any]) -> Schema:
    """Properties that an exact writer may send beyond its names: none unless it says so, or describes no property at
    all."""
    stated: Schema = writer.get("additionalProperties", "properties" not in writer)
    return stated


def _as_map(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """`patternProperties`, where the gate reads it, is a map whose keys follow the pattern."""
    for pattern, items in schema.get("patternProperties", {}).items():
        return {**schema, "additionalProperties": items, "propertyNames": {"type": "string", "pattern": pattern}}
    return schema


def _member_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], covers: Covers) -> Iterator[Gap]:
    known, others = reader.get("properties", {}), reader.get("additionalProperties", True)
    for name, schema in known_properties(writer).items():
        if name not in known and others is False and schema is not False:
            yield Gap("additionalProperties", "the writer may send it, the reader forbids it", member(name))
        elif name in known or "additionalProperties" in reader:
            yield from (gap.under(member(name)) for gap in covers(schema, known.get(name, others)))


def _extra_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], covers: Covers) -> Iterator[Gap]:
    extra, others = extras(writer), reader.get("additionalProperties", True)
    if extra is False:
        return
    if others is False:
        yield Gap("additionalProperties", "the writer may send any name, the reader forbids it", ANY_MEMBER)
    else:
        yield from (gap.under(ANY_MEMBER) for gap in covers(extra, others))
    for name, schema in reader.get("properties", {}).items():
        if name not in known_properties(writer):
            yield from (gap.under(member(name)) for gap in covers(extra, schema))


def _name_gaps(writer: Mapping[str, Any], reader: Mapping[str, Any], covers: Covers) -> Iterator[Gap]:
    wanted = reader.get("propertyNames", True)
    if wanted is True:
        return
    for name in known_properties(writer):
        if covers({"const": name}, wanted):
            yield Gap("propertyNames", f"the reader refuses the name {quote(name)}", member(name))
    if extras(writer) is not False:
        yield from (gap.under(NAMES) for gap in covers(_names(writer), wanted))


def _names(writer: Mapping[str, Any]) -> Schema:
    stated: Schema = writer.get("propertyNames", True)
    if isinstance(stated, bool):
        return {"type": "string"} if stated else False
    return stated if {"type", "$ref", "allOf", "anyOf", "oneOf"} & stated.keys() else {**stated, "type": "string"}
