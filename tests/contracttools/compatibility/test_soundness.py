"""The gate against an oracle: where it sees no gap, no message of an exact writer may fail the reader's validator."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from ninelives.contracttools.compatibility.comparison import Comparison
from ninelives.contracttools.compatibility.grammar import Schema
from tests.contracttools.compatibility.gate import document, find_broken
from tests.contracttools.compatibility.writers import edits, messages, schemas

THOROUGH = settings(
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def covers(writer: Schema, reader: Schema) -> bool:
    return not Comparison(document(writer), document(reader)).gaps()


def assert_every_message_is_taken(data: st.DataObject, writer: Any, reader: Any) -> None:
    sent = messages(writer, writer)
    assume(not sent.is_empty)
    exact, tolerant = Draft202012Validator(writer), Draft202012Validator(reader)
    for message in data.draw(st.lists(sent, min_size=1, max_size=8)):
        assert not exact.is_valid(message) or tolerant.is_valid(message), json.dumps([writer, reader, message])


@THOROUGH
@given(st.data())
def test_a_reader_without_a_gap_takes_every_message_of_the_writer(data: st.DataObject) -> None:
    writer = data.draw(schemas)
    reader = data.draw(edits(writer))
    compatible = covers(writer, reader)
    event("no gap" if compatible else "a gap")
    if compatible:
        assert_every_message_is_taken(data, writer, reader)


@THOROUGH
@given(st.data(), schemas, schemas)
def test_schemas_that_have_nothing_to_do_with_each_other_are_no_exception(
    data: st.DataObject, writer: Any, reader: Any
) -> None:
    if covers(writer, reader):
        assert_every_message_is_taken(data, writer, reader)


def reword(schema: Any) -> Any:
    """The same meaning in other words, so that no two schemas are equal as texts."""
    if isinstance(schema, list):
        return [reword(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    said = {word: reword(value) for word, value in schema.items() if word not in {"const", "enum"}}
    listed = {word: schema[word] for word in schema.keys() & {"const", "enum"}}
    is_schema = schema.keys() & {"type", "anyOf", "$ref", "const", "enum"} and not isinstance(schema.get("type"), dict)
    return {**said, **listed, **({"description": "said differently"} if is_schema else {})}


@THOROUGH
@given(schemas.filter(lambda schema: "oneOf" not in json.dumps(schema)))
def test_a_schema_in_other_words_is_compatible(schema: Any) -> None:
    assert find_broken(schema, reword(schema)) == set()
