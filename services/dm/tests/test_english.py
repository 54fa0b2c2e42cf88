"""English is read in one way by everybody: the same denials, the same words, lists without double entries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.dm.domain.english import word_lists
from services.dm.domain.english.negation import denies
from services.dm.domain.english.real_words import WORDS, is_real
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
    for title, entries in (
        word_lists.read_sections(name) if name in ("questions", "verbs") else (("", word_lists.read_lines(name)),)
    ):
        assert len(entries) == len(set(entries)), title
        for entry in entries:
            assert entry == entry.strip()
            re.compile(entry)


def test_real_words_are_sorted_plain_and_licensed() -> None:
    entries = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert entries == sorted(entries)
    assert all(len(word) > 2 and word.isascii() and word.isalpha() and word.islower() for word in entries)
    assert "Permission to use, copy, modify, distribute" in WORDS.with_suffix(".LICENCE").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["aardvark", "zoos", "beer", "colour", "color", "sewn"])
def test_a_word_in_use_is_real(word: str) -> None:
    assert is_real(word)


@pytest.mark.parametrize("word", ["", "#", "ber", "beerz", "aaa", "zzz", "invetory", "a\nb"])
def test_what_nobody_writes_is_not_real(word: str) -> None:
    assert not is_real(word)
