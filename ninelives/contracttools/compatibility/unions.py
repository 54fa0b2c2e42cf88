"""A schema as the alternatives it stands for: branches of unions for a reader, single kinds of value for a writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts.canonical import canonical_json
from ninelives.contracttools.compatibility import findings
from ninelives.contracttools.compatibility.document import Document
from ninelives.contracttools.compatibility.grammar import Schema
from ninelives.contracttools.compatibility.vocabulary import UNIONS, unread

ANY_TYPE = ("null", "boolean", "number", "string", "array", "object")
STRING_PROMISES = ("pattern", "format", "contentEncoding", "contentMediaType")
_FEW: dict[str, list[Any]] = {"null": [None], "boolean": [True, False]}


@dataclass(frozen=True)
class Branch:
    """One way to satisfy a schema. `rivals` must refuse what the branch takes: the other arms of its `oneOf`."""

    schema: Schema
    tags: tuple[str, ...] = ()
    rivals: tuple[Schema, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """Values of one JSON type that a writer may send, or one single value (`const`)."""

    schema: Mapping[str, Any]
    label: str = ""


def branches(document: Document, schema: Schema) -> list[Branch]:
    """The branches of a schema, unions within unions laid flat; a schema that is no union is its only branch."""
    schema = document.resolve(schema)
    union = next((word for word in UNIONS if isinstance(schema, Mapping) and word in schema), None)
    if union is None or isinstance(schema, bool) or unread(schema):
        return [Branch(schema)]
    tag = schema.get("discriminator", {}).get("propertyName")
    arms = [[_tag(document, each, tag) for each in branches(document, arm)] for arm in schema[union]]
    return list(_exclusive(arms)) if union == "oneOf" else [each for arm in arms for each in arm]


def _tag(document: Document, each: Branch, tag: str | None) -> Branch:
    """A discriminator must be sent, whatever `required` says: readers refuse a message without one."""
    if tag is None or isinstance(each.schema, bool) or property_values(document, each.schema, tag) is None:
        return each
    required = [*each.schema.get("required", []), tag]
    return replace(each, schema={**each.schema, "required": list(dict.fromkeys(required))}, tags=(tag, *each.tags))


def _exclusive(arms: list[list[Branch]]) -> Iterator[Branch]:
    for arm in arms:
        rivals = tuple(each.schema for other in arms if other is not arm for each in other)
        yield from (replace(each, rivals=each.rivals + rivals) for each in arm)


def leaves(document: Document, schema: Schema) -> Iterator[Leaf]:
    """The parts of what a writer of this schema may send, cut so fine that each has one type, one tag, or one value."""
    for each in branches(document, schema):
        for tagged in _one_tag(document, each):
            yield from (Leaf(atom, tagged.label) for atom in _atoms(tagged.schema))


def _one_tag(document: Document, each: Branch) -> Iterable[Leaf]:
    if isinstance(each.schema, bool):
        return [Leaf({})] if each.schema else []
    parts = [Leaf(each.schema)]
    for tag in dict.fromkeys(each.tags):
        parts = [single for part in parts for single in _with_each_tag(document, part, tag)]
    return parts


def _with_each_tag(document: Document, part: Leaf, tag: str) -> Iterator[Leaf]:
    for value in property_values(document, part.schema, tag) or []:
        properties = {**part.schema["properties"], tag: {"const": value}}
        yield Leaf({**part.schema, "properties": properties}, part.label + findings.branch(tag, value))


def _atoms(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    listed = values(schema)
    if unread(schema):
        yield schema
    elif listed is not None:
        promised = {word: schema[word] for word in STRING_PROMISES if word in schema}
        yield from ({**promised, **spelled_out(value)} for value in listed)
    else:
        for kind in types(schema):
            few = _FEW.get(kind)
            yield from map(spelled_out, few) if few else [{**schema, "type": kind}]


def types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types this schema allows by `type`; without one, any."""
    stated = schema.get("type", ANY_TYPE)
    return (stated,) if isinstance(stated, str) else tuple(stated)


def values(schema: Schema) -> list[Any] | None:
    """The values this schema lists by `const` or `enum`, or None when it lists none."""
    if isinstance(schema, bool) or not {"const", "enum"} & schema.keys():
        return None
    listed = schema["enum"] if "enum" in schema else [schema["const"]]
    if "const" in schema and "enum" in schema:
        listed = [value for value in listed if canonical_json(value) == canonical_json(schema["const"])]
    return [value for value in listed if "type" not in schema or takes_type(schema, type_of(value))]


def property_values(document: Document, schema: Mapping[str, Any], name: str) -> list[Any] | None:
    """The values that a property may have, when they are listed."""
    resolved = document.resolve(schema.get("properties", {}).get(name, True))
    listed = values(resolved)
    return None if listed is None or unread(resolved) else listed


def takes_type(schema: Mapping[str, Any], kind: str) -> bool:
    return kind in types(schema) or (kind == "integer" and "number" in types(schema))


def type_of(value: object) -> str:
    """The JSON type of a value; a number without a fraction is an integer."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "null")


def spelled_out(value: Any) -> Mapping[str, Any]:
    """One value as a schema in plain constraints, so that the rules for bounds and members apply to it too."""
    schema: dict[str, Any] = {"type": type_of(value), "const": value}
    if isinstance(value, str):
        schema |= {"minLength": len(value), "maxLength": len(value)}
    elif isinstance(value, list):
        distinct = len({canonical_json(item) for item in value}) == len(value)
        schema |= {"prefixItems": [{"const": item} for item in value], "items": False, "uniqueItems": distinct}
        schema |= {"minItems": len(value), "maxItems": len(value)}
    elif isinstance(value, dict):
        members = {name: {"const": item} for name, item in value.items()}
        schema |= {"properties": members, "required": list(value), "additionalProperties": False}
    elif schema["type"] in ("integer", "number"):
        schema |= {"minimum": value, "maximum": value}
    return schema
