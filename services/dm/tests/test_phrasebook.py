"""The understudy's phrases: every section is told somewhere, and what is told anywhere names nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.dm.domain.english.word_lists import read_sections
from services.dm.domain.happenings import _FORMS
from services.dm.domain.understudy.narrator import phrasebook
from services.dm.domain.understudy.narrator.grammar import Voice, sentence, the, verb_for
from services.dm.domain.understudy.narrator.phrasebook import PHRASES, POLITE
from services.dm.domain.understudy.narrator.roleplay import MANNERS
from services.dm.tests.test_answers import REASONS

POINTS = dict(read_sections("questions"))["forms"]
HOLES = re.compile(r"\{(\w+)\}")
SOURCE = "".join(path.read_text("utf-8") for path in Path(phrasebook.__file__).parent.glob("*.py"))
AIRY = ("calm", "fighting", "hurt", "emote", "murmur", "orders", "wait", "declined", "to-the-air", "nothing-done")


@pytest.mark.parametrize("section", PHRASES)
def test_a_section_says_a_thing_in_more_than_one_way(section: str) -> None:
    lines = PHRASES[section]

    assert len(set(lines)) == len(lines)
    assert all(line == " ".join(line.split()) for line in lines)


@pytest.mark.parametrize("section", PHRASES)
def test_a_section_is_told_somewhere(section: str) -> None:
    refused = {f"refusals/{reason}{kind}" for reason in REASONS for kind in ("", "-bare", "-named", "-deed")}
    known = {kind for kind, _ in _FORMS} | MANNERS | refused | {line.split()[0] for line in POINTS}

    assert (
        section in known
        or f'"{section}"' in SOURCE
        or f'"{section.removeprefix("refusals/").removesuffix("-deed")}"' in SOURCE
    )


@pytest.mark.parametrize("section", AIRY)
def test_what_is_always_true_names_nothing_and_counts_nothing(section: str) -> None:
    for line in PHRASES[section]:
        assert not re.search(r"[{}\d]", line)
        assert not re.search(r"[a-z,;] (?!I\b)[A-Z]", line), line


def test_ten_languages_are_answered() -> None:
    assert len(POLITE) == 10


def test_a_sentence_of_the_last_stories_is_not_drawn_while_there_is_another() -> None:
    first = Voice("c", 5).says("pay", credits=3, shop="Stall")
    again = Voice("c", 5, [f"It rains. {first}"]).says("pay", credits=40, shop="Long Bar")

    assert re.sub(r"\d+", "", again).replace("Long Bar", "Stall") != re.sub(r"\d+", "", first)


def test_as_many_turns_as_a_section_has_sentences_use_each_once() -> None:
    told = [Voice("c", number).says("calm") for number in range(len(PHRASES["calm"]))]

    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Dust Bunny", "the Dust Bunny"),
        ("The Warm Laundry", "the Warm Laundry"),
        ("A Second Opinion", "a Second Opinion"),
        ("Shelf 4471", "Shelf 4471"),
        ("Dryer Nine", "Dryer Nine"),
        ("the mitten slide", "the mitten slide"),
    ],
)
def test_a_name_has_its_article(name: str, told: str) -> None:
    assert the(name) == told


def test_many_are_and_one_is() -> None:
    assert verb_for("Pocket Sardines", "is", "are") == "are"
    assert verb_for("Rain Coat", "is", "are") == "is"


def test_a_sentence_begins_large_and_ends() -> None:
    assert sentence("“quiet.”") == "“Quiet.”"
    assert sentence("you find 1 credits") == "You find one credit."
