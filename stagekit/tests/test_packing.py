"""A packed text is read as it was written, also one of long ago, and takes less room."""

from __future__ import annotations

import json
import zlib
from base64 import b85decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import contracts
from stagekit.packing import MARK, pack, unpack

PACKED_LONG_AGO = "z1:t41#G6kr9Of|74csewVNNqVtDOlgXRaSD)3Hn33AQ2>`n3g$ottV~j{1agqGfda7f2MWOoX$4p*T?+s"
STATE = json.dumps({"character": {"name": "Mägs 🐈", "hp": 7, "max_hp": 9, "conditions": []}, "status": "active"})


@given(st.text())
def test_every_text_is_read_as_it_was_written(text):
    assert unpack(pack(text)) == text or text.startswith(MARK)


@given(st.text(min_size=1))
def test_what_is_packed_is_base85_and_deflate_as_others_read_them(text):
    stored = pack(text * 20)
    words = (Path(contracts.__file__).parent / "packing_words.txt").read_bytes()

    inflated = zlib.decompressobj(-15, words).decompress(b85decode(stored.removeprefix(MARK)))

    assert inflated.decode() == text * 20


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
