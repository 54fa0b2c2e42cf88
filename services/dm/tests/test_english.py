"""English is read in one way by everybody: the same denials, the same words, lists without double entries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.dm.domain.english import word_lists
from services.dm.domain.english.negation import denies
from services.dm.domain.english.tokens import join_words, words, written_out

LISTS = sorted(path.stem for path in (Path(word_lists.__file__).parent / "data").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("There is hardly a crown here.", True),
        ("You couldn’t lift it.", True),
        ("You cannot lift it.", True),
        ("You take it without a sound.", False),
        ("You lift it into the air.", False),
    ],
)
def test_what_denies_denies_for_every_check(text: str, denied: bool) -> None:
    assert denies(text) is denied


def test_names_are_compared_as_they_stand_and_deeds_are_written_out() -> None:
    assert words("Zoë’s café isn't Ørsted") == ("zoe", "s", "cafe", "isn", "t", "ørsted")
    assert join_words("The  Café!") == "the cafe"
    assert written_out("Can’t we take Mags's tin?") == ("can", "not", "we", "take", "mags", "tin")


@pytest.mark.parametrize("name", LISTS)
def test_a_word_list_has_no_entry_twice_and_none_that_is_no_pattern(name: str) -> None:
    for title, entries in word_lists.read_sections(name) if name == "verbs" else (("", word_lists.read_lines(name)),):
        assert len(entries) == len(set(entries)), title
        for entry in entries:
            assert entry == entry.strip()
            re.compile(entry)
