"""Canonical JSON is one text per value, byte for byte: hashes that are stored depend on it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.canon import EntityRef
from contracts.canonical import canonical_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": [1, 2.5, 1e22, -0.0], "a": None}, '{"a":null,"b":[1,2.5,1e+22,-0.0]}'),
        ({"ä": True, "Z": "Katze 🐈"}, r'{"Z":"Katze \ud83d\udc08","\u00e4":true}'),
        (EntityRef(id="old-mags", name="Old Mägs"), r'{"id":"old-mags","name":"Old M\u00e4gs"}'),
    ],
)
def test_the_spelling_is_fixed(value, text):
    assert canonical_json(value) == text


def test_text_may_stay_as_it_is():
    assert canonical_json({"b": "Mägs 🐈", "a": "\u2028"}, ensure_ascii=False) == '{"a":"\u2028","b":"Mägs 🐈"}'


@given(value=st.dictionaries(st.text(), VALUES))
def test_the_order_of_keys_does_not_matter_and_nothing_is_lost(value):
    turned = dict(reversed(value.items()))

    assert canonical_json(turned) == canonical_json(value)
    assert json.loads(canonical_json(value)) == value


def test_true_is_not_one_and_one_is_not_a_float():
    assert len({canonical_json(value) for value in (True, 1, 1.0, "1")}) == 4
