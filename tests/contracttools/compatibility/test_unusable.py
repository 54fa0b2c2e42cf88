"""Input that is no schema: one line that says why, never a traceback and never a verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema_rs import meta

from ninelives.contracttools.compatibility.document import parse, read
from ninelives.contracttools.compatibility.findings import Unusable
from ninelives.contracttools.compatibility.grammar import fault

TEXTS = {
    "nothing": b"",
    "half an object": b'{"type": ',
    "not UTF-8": b'{"title": "\xff"}',
    "UTF-16": '{"type": "string"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"type": "string"}',
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "two equal keys": b'{"type": "string", "type": "integer"}',
    "two equal keys deep inside": b'{"properties": {"a": {"const": {"k": 1, "k": 1}}}}',
    "NaN": b'{"const": NaN}',
    "infinity": b'{"minimum": -Infinity}',
    "a number beyond any double": b'{"maximum": 1e999}',
    "an integer of 5,000 digits": b'{"maximum": ' + b"9" * 5_000 + b"}",
    "too deep": b'{"items":' * 200 + b"true" + b"}" * 200,
    "far too deep": b"[" * 100_000,
    "an unknown type": b'{"type": "text"}',
    "no type at all": b'{"type": []}',
    "a type twice": b'{"type": ["null", "null"]}',
    "a negative length": b'{"minLength": -1}',
    "a length that is true": b'{"minLength": true}',
    "required that is no list": b'{"required": "a"}',
    "an empty union": b'{"anyOf": []}',
    "a property that is no schema": b'{"properties": {"a": 1}}',
    "an enum that is no list": b'{"enum": {}}',
    "steps of zero": b'{"multipleOf": 0}',
    "a pattern that no engine reads": b'{"pattern": "(a"}',
    "a reference that is no text": b'{"$ref": 1}',
    "a reference that leads nowhere": b'{"$ref": "#/$defs/T"}',
    "a reference to what is no schema": b'{"$ref": "#/default", "default": {}}',
    "an identity that is no text": b'{"$id": 1}',
}


@pytest.mark.parametrize("kind", TEXTS)
def test_it_is_refused_in_one_line(kind: str) -> None:
    with pytest.raises(Unusable) as refusal:
        parse(TEXTS[kind])

    assert len(str(refusal.value).splitlines()) == 1
    assert len(str(refusal.value)) < 300


def test_it_says_where() -> None:
    with pytest.raises(Unusable, match=r"#/properties/a/items: minLength"):
        parse('{"properties": {"a": {"items": {"minLength": -1}}}}')


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json"):
        with pytest.raises(Unusable, match="cannot be read"):
            read(path)


KEYWORDS = [
    *("type", "enum", "const", "minimum", "multipleOf", "minLength", "uniqueItems", "required", "properties"),
    *("items", "anyOf", "not", "$defs", "title", "deprecated", "examples", "dependentRequired", "prefixItems", "$ref"),
]
VALUES: list[Any] = [None, True, 0, -1, 1.5, "string", "", [], ["null"], ["a", "a"], [1], {}, {"a": []}, {"a": ["b"]}]


@given(st.dictionaries(st.sampled_from(KEYWORDS), st.sampled_from(VALUES), max_size=3))
@example({"type": ["string", "text"]})
def test_the_grammar_agrees_with_the_meta_schema(schema: dict[str, Any]) -> None:
    flat = {
        word: value for word, value in schema.items() if word not in {"anyOf", "properties", "$defs", "prefixItems"}
    }
    ours = fault(flat) is None and all(fault(flat[word]) is None for word in ("items", "not") if word in flat)

    assert ours == meta.is_valid(flat)


@given(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: json.dumps({text: text}).encode()))
def test_whatever_the_bytes_the_answer_is_a_document_or_a_refusal(text: bytes) -> None:
    try:
        parse(text)
    except Unusable as refusal:
        assert str(refusal).isprintable()
