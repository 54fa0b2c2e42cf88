"""Verdicts on changes within a major version: one sentence per change, and the directions in which it breaks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracttools.compatibility.gate import (
    BACKWARD,
    BOTH,
    FINE,
    FORWARD,
    NULL,
    NUMBER,
    TEXT,
    WHOLE,
    find_broken,
    findings,
    name_findings,
    record,
)

A = record({"a": TEXT}, "a")


def one(schema: Any) -> dict[str, Any]:
    return record({"a": schema})


def whole(**bounds: Any) -> dict[str, Any]:
    return {"type": "integer", **bounds}


def pair(*items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "prefixItems": list(items), "minItems": len(items), "maxItems": len(items), **more}


def array(items: Any = True, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


def mapping(values: Any, **more: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values, **more}


MEMBERS = {
    "adding an optional property": (A, record({"a": TEXT, "b": WHOLE}, "a"), FINE),
    "removing an optional property": (record({"a": TEXT, "b": WHOLE}, "a"), A, FINE),
    "adding a required property": (A, record({"a": TEXT, "b": WHOLE}, "a", "b"), BACKWARD),
    "removing a required property": (record({"a": TEXT, "b": WHOLE}, "a", "b"), A, FORWARD),
    "an optional property becomes required": (record({"a": TEXT}), A, BACKWARD),
    "a required property becomes optional": (A, record({"a": TEXT}), FORWARD),
    "renaming an optional property": (one(TEXT), record({"b": TEXT}), FINE),
    "a first property of a message without any": (record({}), record({"a": TEXT}), FINE),
    "another default": (one(text(default="x")), one(text(default="y")), FINE),
    "another title and description": (one(text(title="x")), one(text(description="y")), FINE),
    "deprecating a property": (one(TEXT), one(text(deprecated=True)), FINE),
    "properties in another order": (
        record({"a": TEXT, "b": WHOLE}, "a", "b"),
        record({"b": WHOLE, "a": TEXT}, "b", "a"),
        FINE,
    ),
    "a new optional property, when readers forbid extras": (
        record({"a": TEXT}, additionalProperties=False),
        record({"a": TEXT, "b": TEXT}, additionalProperties=False),
        FORWARD,
    ),
    "readers begin to forbid extras": (A, {**A, "additionalProperties": False}, FINE),
    "a property that nobody may send is added to a closed message": (
        record({"a": TEXT}, additionalProperties=False),
        record({"a": TEXT, "b": False}, additionalProperties=False),
        FINE,
    ),
    "a property narrower than the extras of both": (
        record({"a": TEXT}, additionalProperties=WHOLE),
        record({"a": TEXT, "b": TEXT}, additionalProperties=WHOLE),
        BOTH,
    ),
    "a property as wide as the extras of both": (
        record({"a": TEXT}, additionalProperties=WHOLE),
        record({"a": TEXT, "b": WHOLE}, additionalProperties=WHOLE),
        FINE,
    ),
    "a property is named in a message that allows any extra": (
        record({}, additionalProperties=True),
        record({"b": TEXT}, additionalProperties=True),
        BACKWARD,
    ),
    "a map becomes a record that requires a name the map may supply": (
        mapping(TEXT),
        record({"b": TEXT}, "b"),
        BACKWARD,
    ),
    "a required property without a description of it": (record({}, "b"), record({"b": TEXT}, "b"), BACKWARD),
    "properties without a type are not a promise of an object": (
        {"properties": {"a": TEXT}},
        {"type": "object", "properties": {"a": TEXT}},
        BACKWARD,
    ),
}

MAPS = {
    "other values in a map": (mapping(WHOLE), mapping(TEXT), BOTH),
    "wider values in a map": (mapping(WHOLE), mapping(NUMBER), FORWARD),
    "a map of anything, said in two ways": (mapping(True), {"type": "object"}, FINE),
    "values get a type": (mapping(True), mapping(TEXT), BACKWARD),
    "fewer names in a map": (
        mapping(WHOLE, propertyNames={"enum": ["p", "q"]}),
        mapping(WHOLE, propertyNames={"enum": ["p"]}),
        BACKWARD,
    ),
    "names become free": (mapping(WHOLE, propertyNames={"maxLength": 3}), mapping(WHOLE), FORWARD),
    "a map by pattern, its values unchanged": (
        {"type": "object", "patternProperties": {"^a": one(TEXT)}},
        {"type": "object", "patternProperties": {"^a": record({"a": TEXT, "b": TEXT})}},
        FINE,
    ),
    "a map by pattern, its values changed": (
        {"type": "object", "patternProperties": {"^a": TEXT}},
        {"type": "object", "patternProperties": {"^a": WHOLE}},
        BOTH,
    ),
    "a pattern for the names of a map": (
        mapping(TEXT),
        {"type": "object", "patternProperties": {"^a": TEXT}},
        BACKWARD,
    ),
    "fewer entries": (mapping(TEXT, maxProperties=3), mapping(TEXT, maxProperties=2), BACKWARD),
    "at least one entry, of which one was required": (A, {**A, "minProperties": 1}, FINE),
}

TYPES = {
    "another type": (one(TEXT), one(WHOLE), BOTH),
    "integer becomes number": (one(WHOLE), one(NUMBER), FORWARD),
    "number becomes integer": (one(NUMBER), one(WHOLE), BACKWARD),
    "a value may now be null": (one(TEXT), one({"anyOf": [TEXT, NULL]}), FORWARD),
    "a value may no longer be null": (one({"anyOf": [TEXT, NULL]}), one(TEXT), BACKWARD),
    "a list of types is a union": (one({"type": ["string", "null"]}), one({"anyOf": [NULL, TEXT]}), FINE),
    "all types by name is no restriction": (
        one({}),
        one({"type": ["null", "boolean", "number", "string", "array", "object"]}),
        FINE,
    ),
    "the two booleans are all booleans": (one({"type": "boolean"}), one({"enum": [True, False]}), FINE),
    "null by type is null by value": (one(NULL), one({"const": None}), FINE),
    "anything becomes something": (one({}), one(TEXT), BACKWARD),
    "true and the empty schema are the same": (one(True), one({}), FINE),
    "a value that was never sent": (one(False), one(TEXT), FORWARD),
}

VALUES = {
    "narrowing an enum": (one({"enum": ["x", "y"]}), one({"enum": ["x"]}), BACKWARD),
    "widening an enum": (one({"enum": ["x"]}), one({"enum": ["x", "y"]}), FORWARD),
    "an enum in another order": (one({"enum": ["x", "y"]}), one({"enum": ["y", "x"]}), FINE),
    "an enum of one is a const": (one({"enum": ["x"]}), one({"const": "x"}), FINE),
    "enum to const": (one({"enum": ["x", "y"]}), one({"const": "x"}), BACKWARD),
    "another const": (one({"const": "1.0"}), one({"const": "1.1"}), BOTH),
    "a const becomes a pattern it follows": (
        one(text(const="1.0")),
        one(text(pattern=r"^1\.\d+$")),
        FORWARD,
    ),
    "an enum becomes any string": (one({"enum": ["x"]}), one(TEXT), FORWARD),
    "an enum of mixed types loses one": (one({"enum": [1, "1", None]}), one({"enum": [1, None]}), BACKWARD),
    "true is not one": (one({"const": True}), one({"const": 1}), BOTH),
    "1.0 is one": (one({"const": 1.0}), one({"const": 1}), FINE),
    "an enum whose values a type keeps": (one({"enum": ["x", 1], "type": "string"}), one({"const": "x"}), FINE),
    "an enum split over a union": (
        one({"enum": ["x", "y"]}),
        one({"anyOf": [{"const": "x"}, {"const": "y"}]}),
        FINE,
    ),
    "a constant object against a record": (
        one({"const": {"n": 1}}),
        one(record({"n": WHOLE}, "n")),
        FORWARD,
    ),
    "a constant array against items": (one({"const": [1, "x"]}), one(array(WHOLE)), BOTH),
    "an extensible enum is an open string": (
        one(text(**{"x-extensible-enum": ["x"]})),
        one(text(**{"x-extensible-enum": ["x", "y"]})),
        FINE,
    ),
}

BOUNDS = {
    "a higher minimum": (one(whole(minimum=1)), one(whole(minimum=2)), BACKWARD),
    "a lower minimum": (one(whole(minimum=1)), one(whole(minimum=0)), FORWARD),
    "a new maximum": (one(WHOLE), one(whole(maximum=9)), BACKWARD),
    "a lost maximum": (one(whole(maximum=9)), one(WHOLE), FORWARD),
    "for integers, at least 1 is more than 0": (one(whole(minimum=1)), one(whole(exclusiveMinimum=0)), FINE),
    "for integers, at most 9 is less than 9.5": (one(whole(maximum=9)), one(whole(exclusiveMaximum=9.5)), FINE),
    "for numbers, at least 1 is narrower than more than 0": (
        one({"type": "number", "minimum": 1}),
        one({"type": "number", "exclusiveMinimum": 0}),
        FORWARD,
    ),
    "a limit becomes excluded": (
        one({"type": "number", "minimum": 0}),
        one({"type": "number", "exclusiveMinimum": 0}),
        BACKWARD,
    ),
    "the stricter of two limits counts": (
        one(whole(minimum=5, exclusiveMinimum=0)),
        one(whole(minimum=5)),
        FINE,
    ),
    "coarser steps": (one(whole(multipleOf=2)), one(whole(multipleOf=4)), BACKWARD),
    "steps of one for integers": (one(WHOLE), one(whole(multipleOf=1)), FINE),
    "fractional steps are compared by equality": (one(whole(multipleOf=0.5)), one(WHOLE), FORWARD),
    "a longer minimum of text": (one(text(minLength=1)), one(text(minLength=2)), BACKWARD),
    "a shorter maximum of text": (one(text(maxLength=9)), one(text(maxLength=8)), BACKWARD),
    "no minimum is a minimum of zero": (one(TEXT), one(text(minLength=0)), FINE),
    "a new pattern": (one(TEXT), one(text(pattern="^x$")), BACKWARD),
    "a date becomes text": (one(text(format="date-time")), one(TEXT), FORWARD),
    "another format": (one(text(format="date-time")), one(text(format="date")), BOTH),
    "bounds of text do not concern numbers": (
        one({"type": ["string", "integer"], "minLength": 1}),
        one({"anyOf": [WHOLE, text(minLength=1)]}),
        FINE,
    ),
}

ARRAYS = {
    "other items": (array(WHOLE), array(TEXT), BOTH),
    "a minimum of items": (array(TEXT), array(TEXT, minItems=1), BACKWARD),
    "items become distinct": (array(TEXT), array(TEXT, uniqueItems=True), BACKWARD),
    "distinctness of at most one item": (array(TEXT, maxItems=1), array(TEXT, maxItems=1, uniqueItems=True), FINE),
    "a longer tuple": (pair(TEXT, WHOLE), pair(TEXT, WHOLE, TEXT), BOTH),
    "another position of a tuple": (pair(TEXT, WHOLE), pair(TEXT, NUMBER), FORWARD),
    "a tuple becomes a list of all it holds": (pair(TEXT, TEXT), array(TEXT), FORWARD),
    "a tuple closed by items instead of maxItems": (
        pair(TEXT),
        {"type": "array", "prefixItems": [TEXT], "minItems": 1, "items": False},
        FINE,
    ),
    "a minimum beyond the described positions": (
        {"type": "array", "prefixItems": [TEXT], "minItems": 1},
        {"type": "array", "prefixItems": [TEXT], "minItems": 2},
        BACKWARD,
    ),
    "positions that cannot be reached do not matter": (
        {"type": "array", "prefixItems": [TEXT, TEXT], "maxItems": 1},
        {"type": "array", "prefixItems": [TEXT, WHOLE], "maxItems": 1},
        FINE,
    ),
}

CHANGES = MEMBERS | MAPS | TYPES | VALUES | BOUNDS | ARRAYS


@pytest.mark.parametrize("change", CHANGES)
def test_the_verdict_on(change: str) -> None:
    old, new, expected = CHANGES[change]

    assert find_broken(old, new) == expected


@pytest.mark.parametrize("change", CHANGES)
def test_undoing_a_change_breaks_the_other_way_round(change: str) -> None:
    old, new, expected = CHANGES[change]
    swapped = {{"backward": "forward", "forward": "backward"}[direction] for direction in expected}

    assert find_broken(new, old) == swapped


def test_a_finding_says_direction_path_and_rule() -> None:
    old = record({"rolls": array(record({"total": WHOLE}, "total"))})
    new = record({"rolls": array(record({"total": whole(minimum=1)}, "total"))})

    assert name_findings(old, new) == {("backward", "$.rolls[*].total", "minimum")}


def test_a_reader_that_forbids_extras_is_named_as_such() -> None:
    old, new = (record(members, additionalProperties=False) for members in ({"a": TEXT}, {"a": TEXT, "b": TEXT}))

    assert name_findings(old, new) == {("forward", "$.b", "additionalProperties")}


def test_every_place_has_its_own_path() -> None:
    old = record({"pair": pair(TEXT, TEXT), "purse": mapping(TEXT), "odd name": TEXT, "": TEXT})
    new = record({"pair": pair(TEXT, NULL), "purse": mapping(NULL), "odd name": NULL, "": NULL})

    paths = {path for _, path, _ in name_findings(old, new)}

    assert paths == {"$.pair[1]", "$.purse.*", '$["odd\\u0020name"]', '$[""]'}


def test_a_line_has_three_words_before_its_message_and_is_one_line_whatever_the_names() -> None:
    line = str(findings(record({}), record({"a\nb \ud800": TEXT}, "a\nb \ud800"))[0])

    assert line.split(" ")[:3] == ["backward", '$["a\\nb\\u0020\\ud800"]', "required"]
    assert line.isascii()
    assert len(line.splitlines()) == 1
