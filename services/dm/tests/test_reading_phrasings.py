"""Phrasings: words with kinds in place of names, the model that knows them, and slips of the keys."""

from __future__ import annotations

import pytest

from services.dm.domain.reading import Answer, Ask, Deed, Scope, read, second_opinion
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.masking import mask
from services.dm.domain.reading.mending import mend
from services.dm.domain.reading.phrasing_model import Guess, features, guess, weights
from services.dm.domain.reading.reader import READERS
from services.dm.tests.builders import briefing, rats, scene


def scope(fighting: bool = False) -> Scope:
    return Scope(scene(encounter=rats(8, 8)) if fighting else scene(), briefing())


@pytest.mark.parametrize(
    ("words", "masked", "kind"),
    [
        ("what does the sparker do", "what does the <item> do", "item"),
        ("who is mags", "who is <person>", "person"),
        ("how much is the smoked eel", "how much is the <ware>", "ware"),
        ("what is static burst", "what is <ability>", "ability"),
    ],
)
def test_a_name_is_masked_by_the_kind_of_what_it_names(words: str, masked: str, kind: str) -> None:
    said, kinds = mask(words.split(), scope())

    assert " ".join(said) == masked
    assert kind in kinds


def test_words_that_name_nothing_here_stay_as_they_are() -> None:
    words = ("how", "do", "i", "win", "this", "thing")

    assert mask(words, scope()) == (words, frozenset())


def test_what_is_asked_leans_on_where_it_is_asked() -> None:
    words = ("how", "many", "are", "left")

    assert guess(words, scope(fighting=True), ("answer",), asked=True)[0].label == "answer.enemies"


@pytest.mark.parametrize(("unseen", "kind"), [("thanking", "thanks"), ("apologising", "apology")])
def test_a_form_of_a_word_that_the_bank_has_not_is_guessed_by_its_letters(unseen: str, kind: str) -> None:
    assert unseen not in weights().words
    assert guess((unseen,), scope())[0].name == kind


def test_a_name_has_no_letters() -> None:
    assert not [feature for feature in features(("<person>", "42"), (), ()) if "~" in feature]


def test_a_guess_is_among_those_asked_for_and_probabilities_add_up_to_one() -> None:
    guesses = guess(("what", "have", "i", "got"), scope(), ("answer",), asked=True)

    assert {each.kind for each in guesses} == {"answer"}
    assert sum(each.sure for each in guesses) == pytest.approx(1)
    assert [each.sure for each in guesses] == sorted((each.sure for each in guesses), reverse=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whats in my invetory", "inventory"),
        ("show me everyhting", "everything"),
        ("i am hungryyyy", "hungry"),
        ("the snoked eel", "smoked"),
    ],
)
def test_one_slip_in_a_word_is_mended(typed: str, meant: str) -> None:
    assert meant in mend(typed.split(), scope())


@pytest.mark.parametrize("word", ["beer", "tiny", "yard", "thirty", "axle", "tone", "sewn"])
def test_a_word_that_is_english_is_no_slip_of_another(word: str) -> None:
    assert word not in weights().words, "the bank does not know it"
    assert mend((word,), scope()) == (word,)


@pytest.mark.parametrize("word", ["attakc", "buyy", "1000", "zzyzx", "a"])
def test_a_slip_never_becomes_a_guarded_verb_and_figures_stay(word: str) -> None:
    assert mend((word,), scope())[0] not in ("attack", "100", "10")


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ("absquatulate to the market", "move_to"),
        ("absquatulate the rats", "attack"),
        ("absquatulate the smoked eel", "buy"),
        ("absquatulate the sparker", "drop"),
        ("absquatulate the sparker to mags", "give"),
    ],
)
def test_however_sure_the_model_is_a_guarded_deed_without_its_verb_is_asked_about(
    said: str, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_opinion, "guess", lambda *_, **__: (Guess(f"do.{tool}", 0.99),))
    words = tuple(said.split())

    filled = second_opinion.reconsider(None, Clause(0, words, said=words), scope(), READERS)

    assert filled is not None
    [meaning] = filled.meanings
    assert isinstance(meaning, Ask)
    assert {deed.tool for deed in meaning.options} == {tool}


def test_the_model_fills_in_a_deed_that_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion, "guess", lambda *_, **__: (Guess("do.search", 0.99),))
    words = ("absquatulate", "everywhere")

    filled = second_opinion.reconsider(None, Clause(0, words, said=words), scope(), READERS)

    assert filled is not None
    assert filled.meanings == (Deed("search", {}),)


def test_a_question_about_a_deed_does_none() -> None:
    (step, *more) = read("what would i get for the sparker?", scene(), briefing())

    assert all(isinstance(each.meaning, Answer | Ask) for each in (step, *more))
