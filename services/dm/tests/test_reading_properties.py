"""Properties of every reading, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.dm import Remembered
from contracts.lore import Briefing
from contracts.state import Scene
from services.dm.domain.reading import Answer, Ask, Deed, Roleplay, Step, read
from services.dm.domain.reading.affordances import affordances
from services.dm.domain.reading.law import GUARDED, act
from services.dm.domain.reading.lexing import tokens
from services.dm.domain.reading.phrasing import phrase, question
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms
from services.dm.domain.reading.verbs import Verb, phrases_of
from services.dm.tests.builders import QUEST, briefing, character, rats, scene

SITUATIONS: dict[str, tuple[Scene, Briefing]] = {
    "quiet": (scene(), briefing()),
    "fight": (scene(encounter=rats(8, 3), cat=character(hp=5)), briefing(enemies=())),
    "duel": (scene(encounter=rats(0, 3)), briefing(enemies=())),
    "alone": (scene(quests=(QUEST,)), briefing(npcs=(), shop=None, wares=(), quests=(), enemies=())),
    "one way": (scene(cat=character(choices=1, hp=3)), briefing(exits=briefing().exits[:1])),
    "bare": (scene(cat=character(inventory=(), equipment={}, abilities=())), briefing(features=(), finds=(), exits=())),
}
WORDS = sorted(
    {
        word
        for here in ("quiet", "fight")
        for entity in Scope(*SITUATIONS[here]).entities
        for word in tokens(entity.name)
    }
    | {
        word
        for sense in ("attack", "move_to", "buy", "examine", "emote", "talk")
        for words in phrases_of(sense)
        for word in words
    }
    | set(
        [
            "the",
            "a",
            "it",
            "them",
            "him",
            "again",
            "not",
            "and",
            "then",
            "if",
            "with",
            "to",
            "at",
            "on",
            "my",
            "second",
            "all",
            "what",
            "how",
            "?",
            ",",
            ".",
            "!",
            "please",
            "bored",
            "purple",
        ]
    )
)
ANYTHING = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
SOMEWHERE = st.sampled_from(sorted(SITUATIONS))
relaxed = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def _affordances() -> Iterator[tuple[str, Deed]]:
    for here, (where, told) in SITUATIONS.items():
        yield from ((here, deed) for deed in affordances(Scope(where, told)))


@pytest.mark.parametrize(("here", "deed"), list(_affordances()), ids=str)
def test_every_affordance_in_its_own_words_is_read_as_itself(here: str, deed: Deed) -> None:
    where, told = SITUATIONS[here]
    steps = read(phrase(deed, Scope(where, told)), where, told)
    assert [step.meaning for step in steps] == [deed]


@pytest.mark.parametrize("here", sorted(SITUATIONS))
def test_the_answer_to_a_question_which_is_understood(here: str) -> None:
    where, told = SITUATIONS[here]
    scope = Scope(where, told)
    able = affordances(scope)
    for options in (able[at : at + 3] for at in range(0, len(able) - 2, 2)):
        asked = Remembered(number=3, action="hm", narrative="You hesitate. " + question(Ask(options), scope))
        chosen = [read(words, where, told, (asked,))[0].meaning for words in ("the second", "2", "number two")]
        assert chosen == [options[1]] * 3


def test_yes_answers_a_question_with_one_option() -> None:
    where, told = SITUATIONS["quiet"]
    (step,) = read("can I attack the rat?", where, told)
    assert isinstance(step.meaning, Ask)
    asked = Remembered(number=3, action="hm", narrative=question(step.meaning, Scope(where, told)))
    assert read("yes", where, told, (asked,))[0].meaning == step.meaning.options[0]


@relaxed
@given(ANYTHING, SOMEWHERE)
def test_no_input_moves_attacks_flees_persuades_or_spends_without_its_verb(action: str, here: str) -> None:
    for deed in _deeds(read(action, *SITUATIONS[here])):
        if deed.tool in GUARDED:
            assert _has_verb_of(GUARDED[deed.tool], action), (action, deed)


@relaxed
@given(ANYTHING, SOMEWHERE)
def test_read_twice_it_is_the_same(action: str, here: str) -> None:
    assert read(action, *SITUATIONS[here]) == read(action, *SITUATIONS[here])


@relaxed
@given(ANYTHING, SOMEWHERE, ANYTHING)
def test_whatever_is_typed_means_something_in_order(action: str, here: str, before: str) -> None:
    told_before = Remembered(number=3, action=before or "wait", narrative=before or "Nothing.")
    steps = read(action, *SITUATIONS[here], (told_before,))
    assert steps
    assert len({step.position for step in steps}) == len(steps)


@relaxed
@given(
    st.sampled_from(["what is {}?", "who is {}", "don't attack {}", "should i attack {}?"]),
    SOMEWHERE,
    st.sampled_from(WORDS),
)
def test_a_question_and_a_no_are_no_deed_of_violence(frame: str, here: str, word: str) -> None:
    tools = {deed.tool for deed in _deeds(read(frame.format(word), *SITUATIONS[here]))}
    assert not tools & {"attack", "flee", "buy", "sell", "give", "drop"}


@pytest.mark.parametrize("action", ["attakc the rat", "pounch the rat", "threten mags"])
def test_a_misspelt_verb_of_a_guarded_deed_is_asked_about(action: str) -> None:
    assert not _deeds(read(action, *SITUATIONS["quiet"]))


@pytest.mark.parametrize("name", ["the wet plank to the market", "old mags", "rust rat", "smoked eel", "market"])
def test_a_bare_name_moves_and_strikes_and_spends_nothing(name: str) -> None:
    assert not {deed.tool for deed in _deeds(read(name, *SITUATIONS["quiet"]))} & GUARDED.keys()


def test_a_guarded_deed_cannot_be_made_of_another_verb() -> None:
    with pytest.raises(ValueError, match="does not mean buy"):
        act(Verb("examine", "", ("look", "at"), ()), "buy", item="net")


def test_ids_in_deeds_are_of_what_is_here() -> None:
    where, told = SITUATIONS["quiet"]
    known = {entity.id for entity in Scope(where, told).entities}
    for deed in affordances(Scope(where, told)):
        assert {value for key, value in deed.arguments.items() if value and key not in ("approach", "slot")} <= known


def test_an_empty_action_is_a_murmur() -> None:
    (step,) = read("", *SITUATIONS["quiet"])
    assert isinstance(step.meaning, Roleplay)
    assert not isinstance(step.meaning, Answer)


def _deeds(steps: tuple[Step, ...]) -> list[Deed]:
    return [step.meaning for step in steps if isinstance(step.meaning, Deed)]


def _has_verb_of(sense: str, action: str) -> bool:
    """Whether a word of the action begins a phrase of this sense, in any of its forms."""
    firsts = {words[0] for words in phrases_of(sense)}
    return any(form in firsts for word in tokens(action) for form in base_forms(word))
