"""The small schema checker agrees with a full one on everything the catalogue can say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta

from services.dm.domain.prompt import TELL_STORY
from services.dm.domain.schema import complete, find_misfits
from services.dm.wiring import catalogue

words = st.sampled_from(["", "a", "claws", "rats", "x" * 20])
values: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.floats(allow_nan=False), words, st.lists(words), st.just({})
)
properties = st.one_of(
    st.just({"type": "string"}),
    st.just({"type": ["string", "null"]}),
    st.just({"type": "integer"}),
    st.just({"type": "boolean"}),
    st.just({"enum": ["claws", "paws", None], "type": ["string", "null"]}),
    st.just({"type": "string", "minLength": 1, "maxLength": 5}),
    st.just({"const": "a"}),
)
names = st.sampled_from(["target", "weapon", "how"])
objects = st.builds(
    lambda props, needed, closed: {
        "type": "object",
        "properties": props,
        "required": [name for name in needed if name in props],
        **({"additionalProperties": False} if closed else {}),
    },
    st.dictionaries(names, properties),
    st.lists(names, unique=True),
    st.booleans(),
)


@given(objects, st.one_of(values, st.dictionaries(names, values)))
def test_it_finds_a_fault_exactly_when_a_full_validator_does(schema, value):
    assert (not list(find_misfits(value, schema))) == Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("tool", catalogue().tools, ids=lambda tool: tool.name)
def test_it_knows_every_word_the_catalogue_uses(tool):
    found = list(find_misfits(complete({}, tool.input_schema), tool.input_schema))

    assert all("must have" in fault for fault in found)


def test_a_keyword_it_does_not_know_is_a_fault():
    assert list(find_misfits("a", {"type": "string", "pattern": "b"}))


@pytest.mark.parametrize("tool", (*catalogue().tools, TELL_STORY), ids=lambda tool: tool.name)
def test_every_tool_is_strict(tool):
    schema = tool.input_schema

    meta.validate(schema)
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])
