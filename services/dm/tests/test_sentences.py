"""Ends of sentences while more is still to come."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dm.domain.english.sentences import closes, find_ends

AWKWARD = st.text(alphabet="ab ABZ.?!…\n\"'“”‘’«»)1,", max_size=60)


def split_text(text: str) -> list[str]:
    bounds = [0, *find_ends(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Rain falls. It is wet.", ["Rain falls."]),
        ("Rain falls.", []),
        ("Rain falls. ", []),
        ("Really?! Yes.", ["Really?!"]),
        ("You wait… and wait. Then", ["You wait… and wait."]),
        ("“Go. Now.” She is gone.", ["“Go. Now.”"]),
        ("“Go. Now", []),
        ("“Go!” she says. It is late.", ["“Go!” she says."]),
        ('"Go. Now." It is late.', ['"Go. Now."']),
        ("‘I don’t. Not now.’ It is late.", ["‘I don’t. Not now.’"]),
        ("‘I don’t. Not now", []),
        ("It's late. The cat's out.", ["It's late."]),
        ("A sign\n\nRain falls. It", ["A sign", "\n\nRain falls."]),
        ("It costs 1.50 or so. It", ["It costs 1.50 or so."]),
    ],
)
def test_a_sentence_ends_when_the_text_goes_on_and_no_quotation_is_open(text, sentences):
    assert split_text(text) == sentences


@given(AWKWARD, AWKWARD)
def test_what_comes_later_changes_no_end_that_was_found(text, more):
    known = [end for end in find_ends(text + more) if end < len(text.rstrip())]

    assert list(find_ends(text)) == known[: len(list(find_ends(text)))]


@given(AWKWARD, st.integers(0, 60))
def test_ends_are_the_same_wherever_one_begins_to_look(text, after):
    assert list(find_ends(text, after)) == [end for end in find_ends(text) if end > after]


@given(AWKWARD)
def test_nothing_that_is_told_leaves_a_quotation_open(text):
    assert all(closes(text[:end]) for end in find_ends(text))
