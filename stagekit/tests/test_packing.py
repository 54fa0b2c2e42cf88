"""A packed text is read as it was written, also one of long ago, and takes less room."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.packing import MARK, pack, unpack

PACKED_LONG_AGO = "z1:t41#G6kr9Of|74csewVNNqVtDOlgXRaSD)3Hn33AQ2>`n3g$ottV~j{1agqGfda7f2MWOoX$4p*T?+s"
STATE = json.dumps({"character": {"name": "Mägs 🐈", "hp": 7, "max_hp": 9, "conditions": []}, "status": "active"})


@given(st.text())
def test_every_text_is_read_as_it_was_written(text):
    assert unpack(pack(text)) == text or text.startswith(MARK)


def test_what_repeats_itself_takes_a_fraction_of_its_room():
    long = json.dumps([json.loads(STATE)] * 20)

    assert len(pack(long)) < len(long) / 5


def test_what_was_packed_long_ago_is_still_read():
    assert json.loads(unpack(PACKED_LONG_AGO)) == json.loads(STATE)


def test_what_was_never_packed_is_read_as_it_is():
    assert unpack(STATE) == STATE


def test_a_text_that_packing_makes_no_shorter_is_stored_as_it_is():
    assert pack("ab") == "ab"


@pytest.mark.parametrize("damaged", [MARK, f"{MARK}!", f"{MARK}not packed", PACKED_LONG_AGO[:-6]])
def test_what_is_damaged_is_refused(damaged):
    with pytest.raises(ValueError, match=r"damaged|base85"):
        unpack(damaged)
