"""Changes that the gate cannot decide are refused, in both directions; those that it need not decide pass."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracttools.compatibility.gate import (
    BOTH,
    FINE,
    FORWARD,
    TEXT,
    WHOLE,
    document,
    find_broken,
    findings,
    record,
)

UNREAD: dict[str, dict[str, Any]] = {
    "an unknown keyword": {"type": "string", "frobnicate": 1},
    "not": {"not": {"type": "string"}},
    "if": {"if": TEXT, "then": {"minLength": 1}},
    "dependentRequired": {"type": "object", "dependentRequired": {"a": ["b"]}},
    "contains": {"type": "array", "contains": TEXT},
    "unevaluatedProperties": {"type": "object", "unevaluatedProperties": False},
    "unevaluatedItems": {"type": "array", "unevaluatedItems": False},
    "several patterns of key": {"type": "object", "patternProperties": {"^a": TEXT, "^b": TEXT}},
    "a pattern of key beside properties": {"type": "object", "properties": {}, "patternProperties": {"^a": TEXT}},
    "a sibling of $ref": {"$ref": "#/$defs/T", "maxLength": 3},
    "a sibling of anyOf": {"anyOf": [TEXT, WHOLE], "maxLength": 3},
    "both kinds of union": {"anyOf": [TEXT, WHOLE], "oneOf": [TEXT, WHOLE]},
    "several elements of allOf": {"allOf": [TEXT, {"maxLength": 3}]},
    "a reference out of the document": {"$ref": "other.json#/$defs/T"},
    "a reference to an anchor": {"$ref": "#T"},
    "a dynamic reference": {"$dynamicRef": "#T"},
    "an anchor": {"type": "string", "$anchor": "T"},
    "an identity inside the document": {"$id": "urn:other", "type": "string"},
    "the schema of a string's content": {"type": "string", "contentSchema": TEXT},
    "a discriminator without a property": {"oneOf": [TEXT, WHOLE], "discriminator": {}},
}


def holding(schema: Any, **more: Any) -> dict[str, Any]:
    return {**record({"a": schema, **more}), "$defs": {"T": TEXT}}


@pytest.mark.parametrize("kind", UNREAD)
def test_a_message_that_begins_to_use_it_is_refused(kind: str) -> None:
    refusals = {(each.direction, each.path) for each in findings(holding(TEXT), holding(UNREAD[kind]))}

    assert refusals >= {("backward", "#/properties/a"), ("forward", "#/properties/a")}


@pytest.mark.parametrize("kind", UNREAD)
def test_even_in_a_property_that_is_new(kind: str) -> None:
    assert find_broken(holding(TEXT), holding(TEXT, b=UNREAD[kind])) == BOTH


@pytest.mark.parametrize("kind", UNREAD)
def test_a_change_beside_it_in_the_same_schema_is_refused(kind: str) -> None:
    assert find_broken(holding(UNREAD[kind]), holding({**UNREAD[kind], "minLength": 1})) == BOTH


FOLLOWABLE = UNREAD.keys() - {
    "a reference out of the document",
    "a reference to an anchor",
    "a dynamic reference",
    "an identity inside the document",
}


@pytest.mark.parametrize("kind", sorted(FOLLOWABLE))
def test_where_it_stays_as_it_was_the_rest_may_change(kind: str) -> None:
    assert find_broken(holding(UNREAD[kind]), holding(UNREAD[kind], b=TEXT)) == FINE


@pytest.mark.parametrize("kind", sorted(UNREAD.keys() - FOLLOWABLE))
def test_what_leads_out_of_sight_is_never_the_same(kind: str) -> None:
    assert find_broken(holding(UNREAD[kind]), holding(UNREAD[kind])) == BOTH


def test_it_has_changed_when_a_definition_it_refers_to_has() -> None:
    def message(value: Any) -> dict[str, Any]:
        return {**record({"a": {"not": {"$ref": "#/$defs/T"}}}), "$defs": {"T": value}}

    assert find_broken(message(TEXT), message(WHOLE)) == BOTH
    assert find_broken(message(TEXT), message(TEXT) | {"title": "T"}) == FINE


def test_other_breaks_beside_it_are_still_named() -> None:
    old, new = holding({"not": TEXT}, b=WHOLE), holding({"not": WHOLE}, b=TEXT)

    assert {"$.b", "#/properties/a"} == {each.path for each in findings(old, new)}


def test_another_dialect_is_refused() -> None:
    draft_7 = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "string"}
    ours = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"}

    assert find_broken(draft_7, ours) == BOTH
    assert find_broken(ours, TEXT) == FINE


def test_a_pattern_that_changed_is_refused_whichever_is_wider() -> None:
    assert find_broken(record({"a": {"pattern": "^a+$"}}), record({"a": {"pattern": "^[ab]+$"}})) == BOTH


def test_a_constant_against_a_pattern_that_engines_read_differently_is_refused() -> None:
    assert find_broken({"const": "a"}, {"type": "string", "pattern": r"^\p{L}$"}) == BOTH
    assert find_broken({"const": "é"}, {"type": "string", "pattern": r"^\w$"}) == BOTH
    assert find_broken({"const": "a"}, {"type": "string", "pattern": r"^\w$"}) == FORWARD


def test_boolean_schemas_are_what_they_say() -> None:
    assert find_broken(True, True) == FINE
    assert find_broken(True, False) == {"backward"}
    assert find_broken(False, TEXT) == FORWARD
    assert document(False).root is False
