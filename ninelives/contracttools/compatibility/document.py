"""A schema file becomes a checked document: every schema in it is one, every reference leads to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from contracts.canonical import canonical_json
from ninelives.contracttools.compatibility import strictjson
from ninelives.contracttools.compatibility.findings import Unusable, printable
from ninelives.contracttools.compatibility.grammar import Schema, children, fault
from ninelives.contracttools.compatibility.vocabulary import unread

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Document:
    """A valid JSON Schema 2020-12 document. `places` maps a JSON pointer to each schema that stands in it."""

    places: Mapping[str, Schema]
    _meanings: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)
    _referred: dict[str, Schema] = field(default_factory=dict, repr=False, compare=False)

    @property
    def root(self) -> Schema:
        return self.places[""]

    def resolve(self, schema: Schema) -> Schema:
        """The schema itself, behind references and one-element `allOf`s. Stops at what the gate does not read."""
        while isinstance(schema, Mapping) and not schema.keys().isdisjoint(("$ref", "allOf")) and not unread(schema):
            schema = self._refer(schema["$ref"]) if "$ref" in schema else schema["allOf"][0]
        return schema

    def _refer(self, reference: str) -> Schema:
        if reference not in self._referred:
            self._referred[reference] = self.resolve(self.places[unquote(reference[1:])])
        return self._referred[reference]

    def meaning(self, schema: Schema) -> str | None:
        """All that decides what this schema takes: its text and that of everything it refers to, or None when a
        reference leads where we cannot follow. Equal meanings take the same messages."""
        text = canonical_json(schema)
        if text not in self._meanings:
            self._meanings[text] = self._closure(schema)
        return self._meanings[text]

    def _closure(self, schema: Schema) -> str | None:
        found: dict[str, Schema] = {}
        todo = list(_references(schema))
        while todo:
            place = _target(todo.pop())
            if place is None or place not in self.places:
                return None
            if place not in found:
                found[place] = self.places[place]
                todo += _references(found[place])
        return canonical_json([schema, found])


def read(path: Path) -> Document:
    """The document in a file. Raises Unusable."""
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from error


def parse(text: bytes | str) -> Document:
    """The document in a JSON text, UTF-8 when it comes as bytes. Raises Unusable."""
    value = strictjson.loads(text)
    if not isinstance(value, dict | bool):
        raise Unusable("not a schema: the top level must be an object or a boolean")
    return _document(value)


def _document(root: dict[str, Any] | bool) -> Document:
    if isinstance(root, dict):
        if isinstance(root.get("$id"), str):
            del root["$id"]
        if str(root.get("$schema", DIALECT)).rstrip("#") == DIALECT:
            root.pop("$schema", None)  # another dialect stays, and is refused as a keyword the gate does not read
    places = dict(_places("", root))
    for place, schema in places.items():
        target = _target(schema.get("$ref")) if isinstance(schema, Mapping) else None
        if target is not None and target not in places:
            raise Unusable(f"not a schema: {place_name(place)}/$ref leads nowhere: {place_name(target)}")
    _check_loops(places)
    return Document(places)


def _target(reference: object) -> str | None:
    """The JSON pointer in a reference into the same document ("#/$defs/Cat"); None for any other reference."""
    local = isinstance(reference, str) and (reference == "#" or reference.startswith("#/"))
    return unquote(str(reference)[1:]) if local else None


def place_name(place: str) -> str:
    """A JSON pointer as a fragment that is safe to print."""
    return "#" + printable(place)[1:-1]


def _places(place: str, schema: Any) -> Iterator[tuple[str, Schema]]:
    wrong = fault(schema)
    if wrong:
        raise Unusable(f"not a schema: {place_name(place)}: {wrong}")
    yield place, schema
    if isinstance(schema, Mapping):
        for step, child in children(schema):
            yield from _places(place + step, child)


def _check_loops(places: Mapping[str, Schema]) -> None:
    """A schema that applies itself to the same value again is undefined (2020-12 Core, 9.4.1)."""
    try:
        TopologicalSorter({place: list(_same_value(place, schema)) for place, schema in places.items()}).prepare()
    except CycleError as error:
        raise Unusable(f"not a schema: {place_name(error.args[1][0])} refers to itself without end") from error


def _same_value(place: str, schema: Schema) -> Iterator[str]:
    if not isinstance(schema, Mapping):
        return
    target = _target(schema.get("$ref"))
    if target is not None:
        yield target
    for step, _ in children(schema):
        if step.split("/")[1] in {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}:
            yield place + step


def _references(value: object) -> Iterator[object]:
    """Every reference in a value. What only looks like one (inside a `const`) can but make us more careful."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from [item] if key in {"$ref", "$dynamicRef", "$id"} else _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)
