"""The grammar of JSON Schema 2020-12: what each keyword must look like, and where it holds further schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any] | bool

JSON_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")

ONE_SCHEMA = frozenset(
    {"items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"}
    | {"unevaluatedItems", "unevaluatedProperties", "contentSchema"}
)
SCHEMA_LIST = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SCHEMA_MAP = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})


def children(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas directly inside this one, each with the JSON pointer that leads to it from here."""
    for keyword, value in schema.items():
        if keyword in ONE_SCHEMA:
            yield f"/{keyword}", value
        elif keyword in SCHEMA_LIST:
            yield from ((f"/{keyword}/{index}", item) for index, item in enumerate(value))
        elif keyword in SCHEMA_MAP:
            yield from ((f"/{keyword}/{escape_pointer(name)}", item) for name, item in value.items())


def escape_pointer(name: str) -> str:
    """A name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def fault(schema: object) -> str | None:
    """The reason why this is not a schema, looking at its own keywords only; None when it is one."""
    if isinstance(schema, bool):
        return None
    if not isinstance(schema, Mapping):
        return "a schema must be an object or a boolean"
    wrong = (keyword for keyword, value in schema.items() if not _SHAPES.get(keyword, _anything)(value))
    return next((f"{keyword} has a value that JSON Schema 2020-12 does not allow" for keyword in wrong), None)


def _anything(_: object) -> bool:
    return True


def _text(value: object) -> bool:
    return isinstance(value, str)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _above_zero(value: Any) -> bool:
    return _number(value) and value > 0


def _list(value: object) -> bool:
    return isinstance(value, list)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value)) and len(set(value)) == len(value)


def _types(value: object) -> bool:
    listed = value if isinstance(value, list) else [value]
    return _names(listed) and bool(listed) and set(listed) <= set(JSON_TYPES)


def _map(value: object) -> bool:
    return isinstance(value, Mapping)


def _schema_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _names_map(value: object) -> bool:
    return isinstance(value, Mapping) and all(map(_names, value.values()))


def _pattern(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return not portable(value) or bool(re.compile(value))
    except re.error:
        return False


def portable(pattern: str) -> bool:
    """Whether ECMA-262, Rust and Python read this pattern alike (on printable ASCII)."""
    plain = r"[ -~]" if "\\" not in pattern else r"(?:[ -\[\]-~]|\\[dDwW.\-+*?/|^$\[\](){}\\])"
    return "(?" not in pattern.replace("(?:", "(") and re.fullmatch(f"{plain}*", pattern) is not None


_SHAPES: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("title", "description", "$comment", "format", "contentEncoding", "contentMediaType"), _text),
    **dict.fromkeys(("$schema", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor"), _text),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly", "uniqueItems"), _flag),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _number),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains"), _count),
    **dict.fromkeys(("minProperties", "maxProperties"), _count),
    **dict.fromkeys(("enum", "examples"), _list),
    **dict.fromkeys(SCHEMA_LIST, _schema_list),
    **dict.fromkeys((*SCHEMA_MAP, "$vocabulary", "dependencies"), _map),
    "multipleOf": _above_zero,
    "pattern": _pattern,
    "required": _names,
    "type": _types,
    "dependentRequired": _names_map,
}
