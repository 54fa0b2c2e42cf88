"""Whether a value fits a JSON Schema of the catalogue: the small, strict part of the language that intents use.

A library would cost more to import than all the rest of this stage. What this one does not know it refuses, so a
catalogue that outgrows it is noticed by its tests and never waved through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_NOTES = {"title", "description", "default", "examples"}
_KNOWN = {"type", "enum", "const", "properties", "required", "additionalProperties", "minLength", "maxLength"} | _NOTES


def complete(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The arguments with every optional one present: strict schemas write "not given" as null."""
    missing = (name for name, prop in schema.get("properties", {}).items() if name not in value and _nullable(prop))
    return {**value, **dict.fromkeys(missing)}


def find_misfits(value: Any, schema: dict[str, Any], where: str = "arguments") -> Iterator[str]:
    """Misfits of a value with its schema, one phrase each; nothing when all of it fits."""
    unknown = set(schema) - _KNOWN
    if unknown:
        yield f"{where} has a schema with {', '.join(sorted(unknown))}, which nobody here can check"
        return
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{where} must be {_types(schema)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} must be one of {', '.join(str(choice) for choice in schema['enum'] if choice is not None)}"
    if "const" in schema and value != schema["const"]:
        yield f"{where} must be {schema['const']}"
    if isinstance(value, str):
        yield from _length(value, schema, where)
    if isinstance(value, dict):
        yield from _members(value, schema, where)


def _members(value: dict[str, Any], schema: dict[str, Any], where: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where} must have {name}"
    for name, member in value.items():
        if name in properties:
            yield from find_misfits(member, properties[name], f"{where}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{where} must not have {str(name)[:40]}"


def _length(value: str, schema: dict[str, Any], where: str) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"{where} is too short"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{where} is too long"


def _is(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, float) and value.is_integer() and "integer" in names:
        return True
    return any(isinstance(value, _TYPES[name]) and not _is_disguised(value, name) for name in names)


def _is_disguised(value: Any, name: str) -> bool:
    """For Python True is an integer; for JSON it is not."""
    return isinstance(value, bool) and name != "boolean"


def _nullable(schema: dict[str, Any]) -> bool:
    return "null" in schema.get("type", [])


def _types(schema: dict[str, Any]) -> str:
    wanted = schema["type"]
    return f"of type {wanted if isinstance(wanted, str) else ' or '.join(wanted)}"
