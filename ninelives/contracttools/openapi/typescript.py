"""The bodies of the player API as TypeScript declarations, for the type check of the web game."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contracts.playerapi import SocketMessage
from ninelives.contracttools.openapi.document import document

Json = dict[str, Any]
FILE = Path(__file__).resolve().parents[3] / "web" / "js" / "api_types.d.ts"
HEAD = """/**
 * The bodies of the player API. Generated from docs/openapi.json: run `make schemas`, do not edit.
 *
 * What may be null may be missing, too. Requests may leave out whatever has a default; answers hold it.
 */
"""


def text() -> str:
    """The declarations as they are committed: an interface for each schema of the document, and of the socket's message
    and what is in it."""
    said = SocketMessage.model_json_schema()
    schemas = {**said["$defs"], **document()["components"]["schemas"], "SocketMessage": said}
    return "\n".join([HEAD, *(_interface(name, schemas[name]) for name in sorted(schemas))])


def _interface(name: str, schema: Json) -> str:
    is_request = schema.get("additionalProperties") is False
    required = set(schema.get("required", []) if is_request else schema["properties"])
    fields = [
        (field if field in required and "null" not in kind else f"{field}?", kind)
        for field, kind in ((field, _type(described)) for field, described in schema["properties"].items())
    ]
    body = "".join(f"  {field}: {kind};\n" for field, kind in fields)
    return f"export interface {name} {{\n{body}}}\n"


def _type(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if isinstance(schema["type"], list):
        return " | ".join(_type({**schema, "type": each}) for each in schema["type"])
    if schema["type"] == "array":
        item = _type(schema["items"])
        return f"({item})[]" if "|" in item else f"{item}[]"
    if schema["type"] == "object":
        value = schema.get("additionalProperties")
        return f"Record<string, {_type(value) if isinstance(value, dict) and value else 'unknown'}>"
    return {"integer": "number"}.get(schema["type"], str(schema["type"]))
