"""Shapes of a message in other minors of its contract: with fields of a later one, without those of later ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from pydantic import BaseModel

REPOSITORY = Path(__file__).resolve().parents[2]
RELEASED = REPOSITORY / "contracts" / "released"
NEWS: Any = {"of": "a newer minor", "list": [1, None]}
UNKNOWN = "whisker_length"


def newer(kind: type[BaseModel], message: Any) -> Any:
    """The message as a newer minor may write it: every object in it has a field more."""
    grown = copy.deepcopy(message)
    _grow(kind.model_validate(message), grown)
    return grown


def _grow(value: Any, raw: Any) -> None:
    if isinstance(value, BaseModel) and isinstance(raw, dict):
        for name in type(value).model_fields:
            _grow(getattr(value, name), raw.get(name))
        raw[UNKNOWN] = copy.deepcopy(NEWS)
    elif isinstance(value, (tuple, list)) and isinstance(raw, list):
        for one, its in zip(value, raw, strict=False):
            _grow(one, its)
    elif isinstance(value, dict) and isinstance(raw, dict):
        for key in value.keys() & raw.keys():
            _grow(value[key], raw[key])


def minors(owner: str, message: str) -> Iterator[tuple[str, Any]]:
    """The released minors that have this message, oldest first, each with its schema."""
    for path in sorted((RELEASED / owner).glob(f"*/{message}.json")):
        yield path.parent.name, _schema(path)


@cache
def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def older(schema: Any, message: Any) -> Any:
    """The message as a writer of this schema makes it: without the fields that it does not know."""
    return _Older(schema.get("$defs", {})).of(schema, message)


def fits(schema: Any, message: Any) -> bool:
    """Whether a reader of this schema can read the message."""
    return _validator(json.dumps(schema)).is_valid(message)


@cache
def _validator(schema: str) -> Any:
    return jsonschema_rs.validator_for(json.loads(schema))


class _Older:
    """Reduces values to the fields that a schema with these definitions knows."""

    def __init__(self, definitions: Any) -> None:
        self._definitions = definitions

    def of(self, schema: Any, value: Any) -> Any:
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].rpartition("/")[2]]
        branches = schema.get("anyOf") or schema.get("oneOf") or ()
        for branch in branches:
            known = self.of(branch, value)
            if fits({**branch, "$defs": self._definitions}, known):
                return known
        if isinstance(value, list) and "items" in schema:
            return [self.of(schema["items"], each) for each in value]
        if isinstance(value, dict) and schema.get("type") == "object":
            return self._of_object(schema, value)
        return value

    def _of_object(self, schema: Any, value: Any) -> Any:
        fields, others = schema.get("properties", {}), schema.get("additionalProperties")
        if not fields and others is None:
            return value
        known = {name: self.of(fields[name], each) for name, each in value.items() if name in fields}
        if others:
            free = {} if others is True else others
            known |= {name: self.of(free, each) for name, each in value.items() if name not in fields}
        return known
